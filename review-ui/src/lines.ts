import type { Offsets } from "./offsets";
import type { Mention } from "./types";
import { visible } from "./visible";

/** A line of the text; offsets are UTF-16 units of the whole text, the line end left out. */
export interface Line {
  index: number;
  start: number;
  end: number;
  text: string;
}

/** A mention on a line, in UTF-16 units of the whole text; it may begin before or end after it. */
export interface Span {
  mention: Mention;
  start: number;
  end: number;
  height: number;
}

/** A stretch of a line with what nests in it: text, or a mention's part with its own stretches. */
export type Piece = string | { span: Span; pieces: Piece[]; first: boolean; last: boolean };

export const HEIGHTS = 4;

export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  const shown = visible(text);
  let start = 0;
  while (start <= text.length) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    lines.push({ index: lines.length, start, end, text: shown.slice(start, end) });
    start = end + 1;
  }
  return lines;
}

/** The line that holds a UTF-16 offset. */
export function lineAt(lines: Line[], offset: number): number {
  let [low, high] = [0, lines.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lines[middle]!.start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The spans of each line; `mentions` in text order, outer before inner. */
export function spread(lines: Line[], mentions: Mention[], offsets: Offsets): Span[][] {
  const found: Span[][] = lines.map(() => []);
  const stack: Span[] = [];
  for (const mention of mentions) {
    const span = { mention, start: offsets.toUnits(mention.start), end: offsets.toUnits(mention.end), height: 0 };
    while (stack.length && stack[stack.length - 1]!.end <= span.start) stack.pop();
    stack.push(span);
    for (let up = stack.length - 1, height = 0; up >= 0; up--, height++) {
      stack[up]!.height = Math.min(HEIGHTS - 1, Math.max(stack[up]!.height, height));
    }
    for (let at = lineAt(lines, span.start); at < lines.length && lines[at]!.start < span.end; at++) found[at]!.push(span);
  }
  return found;
}

/** What a line looks like, so that one that stays the same is not drawn again. */
export function signature(spans: Span[]): string {
  let told = "";
  for (const { mention, start, end, height } of spans) {
    told += `${mention.id}|${mention.label}|${start}|${end}|${height}|${mention.score ?? ""};`;
  }
  return told;
}

/** Cut a line into nested pieces. A span that crosses another is cut where the other ends. */
export function piecesOf(line: Line, spans: Span[]): Piece[] {
  return nested(line, spans, line.start, line.end);
}

function nested(line: Line, spans: Span[], from: number, until: number): Piece[] {
  const pieces: Piece[] = [];
  let at = from;
  for (let index = 0; index < spans.length; ) {
    const span = spans[index]!;
    const start = Math.max(span.start, at);
    const end = Math.min(span.end, until);
    index++;
    if (start >= end) continue;
    if (start > at) pieces.push(line.text.slice(at - line.start, start - line.start));
    const inner: Span[] = [];
    while (index < spans.length && spans[index]!.start < end) inner.push(spans[index++]!);
    pieces.push({
      span,
      pieces: nested(line, inner, start, end),
      first: start === span.start,
      last: end === span.end,
    });
    // What crosses goes on after this one ends.
    spans = [...spans.slice(0, index), ...inner.filter((s) => s.end > end), ...spans.slice(index)];
    at = end;
  }
  if (at < until) pieces.push(line.text.slice(at - line.start, until - line.start));
  return pieces;
}
