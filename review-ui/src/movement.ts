/** Moving through the text and along a mention's borders by keys; all offsets are UTF-16 units. */

type Span = [number, number];

/** A mention's borders after one of them moved by a word, or by a character. */
export function bordersMoved(words: Span[], [start, end]: Span, side: "start" | "end", by: 1 | -1, letter: boolean): Span {
  const at = side === "start" ? start : end;
  const stops = words.map((word) => word[side === "start" ? 0 : 1]);
  const found = letter ? at + by : by > 0 ? stops.find((stop) => stop > at) : stops.findLast((stop) => stop < at);
  const next = found ?? at;
  return side === "start" ? [Math.min(next, end - 1), end] : [start, Math.max(next, start + 1)];
}

/**
 * The selection after an arrow key: the word before or after, on the line above or below; with Shift a
 * longer or shorter selection by a word, with Alt too by a character. None if there is nothing there.
 * Without a selection, movement begins at `caret`.
 */
export function selectionMoved(
  text: string,
  words: Span[],
  selected: Span | null,
  caret: number,
  { key, shiftKey, altKey }: Pick<KeyboardEvent, "key" | "shiftKey" | "altKey">,
): Span | undefined {
  const [start, end] = selected ?? [caret, caret];
  switch (key) {
    case "ArrowRight":
      if (!shiftKey) return words.find((word) => word[0] >= end);
      return [start, altKey ? Math.min(end + 1, text.length) : (words.find((word) => word[1] > end)?.[1] ?? end)];
    case "ArrowLeft": {
      if (!shiftKey) return words.findLast((word) => word[1] <= start);
      const shorter = altKey ? end - 1 : (words.findLast((word) => word[1] < end && word[1] > start)?.[1] ?? end);
      return [start, Math.max(start + 1, shorter)];
    }
    case "ArrowDown": {
      const next = text.indexOf("\n", end);
      return next < 0 ? undefined : words.find((word) => word[0] > next);
    }
    case "ArrowUp": {
      const line = text.lastIndexOf("\n", Math.max(0, start - 1));
      const above = line < 0 ? undefined : words.findLast((word) => word[1] <= line);
      const home = above ? text.lastIndexOf("\n", above[0]) : -1;
      return above && words.find((word) => word[0] > home);
    }
    default:
      return undefined;
  }
}
