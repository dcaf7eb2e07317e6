/**
 * The border between two ways to count: records count code points, the browser UTF-16 units.
 * A text without characters beyond U+FFFF costs nothing; else each conversion is a binary search.
 */
export class Offsets {
  /** UTF-16 offsets of the first halves of surrogate pairs, ascending. */
  private readonly pairs: number[] = [];
  readonly units: number;
  readonly points: number;

  constructor(text: string) {
    for (let at = 0; at < text.length - 1; at++) {
      if (isHigh(text.charCodeAt(at)) && isLow(text.charCodeAt(at + 1))) this.pairs.push(at++);
    }
    this.units = text.length;
    this.points = text.length - this.pairs.length;
  }

  /** Code points before a UTF-16 offset; one within a pair counts as before the pair. */
  toPoints(unit: number): number {
    const at = Math.max(0, Math.min(unit, this.units));
    return at - this.count((pair) => pair < at);
  }

  /** The UTF-16 offset of a code point. */
  toUnits(point: number): number {
    const wanted = Math.max(0, Math.min(point, this.points));
    // The pair numbered k stands at code point pairs[k] - k.
    return wanted + this.count((pair, index) => pair - index < wanted);
  }

  private count(holds: (pair: number, index: number) => boolean): number {
    let low = 0;
    let high = this.pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(this.pairs[middle]!, middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

/** `[start, end)` in UTF-16 units without white space at its edges, grown to whole characters. */
export function trimmed(text: string, start: number, end: number): [number, number] {
  let [first, last] = start <= end ? [start, end] : [end, start];
  while (first < last && /\s/.test(text[first]!)) first++;
  while (last > first && /\s/.test(text[last - 1]!)) last--;
  if (last > first) {
    if (isLow(text.charCodeAt(first)) && first > 0 && isHigh(text.charCodeAt(first - 1))) first--;
    if (isHigh(text.charCodeAt(last - 1)) && isLow(text.charCodeAt(last))) last++;
    while (last < text.length && /\p{M}/u.test(text[last]!)) last++;
  }
  return [first, last];
}
