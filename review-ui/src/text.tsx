import { Component, type ComponentChildren, type RefObject, type VNode } from "preact";
import { lineAt, piecesOf, signature, type Line, type Piece, type Span } from "./lines";

/** The text's lines with mentions nested in them; a line is drawn again only if it changed. */
export function Lines({ lines, spans }: { lines: Line[]; spans: Span[][] }): VNode {
  return (
    <>
      {lines.map((line) => (
        <LineView key={line.index} line={line} spans={spans[line.index]!} drawn={signature(spans[line.index]!)} />
      ))}
    </>
  );
}

interface LineProps {
  line: Line;
  spans: Span[];
  drawn: string;
}

class LineView extends Component<LineProps> {
  override shouldComponentUpdate(next: LineProps): boolean {
    return next.line !== this.props.line || next.drawn !== this.props.drawn;
  }

  override render({ line, spans }: LineProps): ComponentChildren {
    return (
      <p class="line" data-line={line.index}>
        {piecesOf(line, spans).map(shown)}
      </p>
    );
  }
}

function shown(piece: Piece): ComponentChildren {
  if (typeof piece === "string") return piece;
  const { span, pieces, first, last } = piece;
  const { id, label, score } = span.mention;
  const classes = ["m", label, `d${span.height}`];
  if (score !== undefined) classes.push("guess");
  if (first) classes.push("first");
  if (last) classes.push("last");
  return (
    <mark key={`${id}${first}`} class={classes.join(" ")} data-m={id} data-tag={first ? label : undefined}>
      {pieces.map(shown)}
    </mark>
  );
}

/** A place in the text's elements, as a UTF-16 offset into the text; null outside of it. */
export function offsetOf(root: HTMLElement, lines: Line[], node: Node, offset: number): number | null {
  if (!root.contains(node)) return null;
  const element = node instanceof Element ? node : node.parentElement;
  const paragraph = element?.closest<HTMLElement>("[data-line]");
  if (!paragraph) {
    const child = node === root ? root.children[offset] : null;
    const line = child instanceof HTMLElement && child.dataset["line"] ? lines[Number(child.dataset["line"])] : lines[lines.length - 1];
    return line ? (child ? line.start : line.end) : null;
  }
  const line = lines[Number(paragraph.dataset["line"])]!;
  const range = document.createRange();
  range.setStart(paragraph, 0);
  range.setEnd(node, offset);
  return line.start + range.toString().length;
}

/** The text node and the offset in it at a UTF-16 offset of the text. */
export function placeOf(root: HTMLElement, lines: Line[], offset: number): [Node, number] | null {
  const line = lines[lineAt(lines, offset)]!;
  const paragraph = root.querySelector(`[data-line="${line.index}"]`);
  if (!paragraph) return null;
  let left = Math.min(offset, line.end) - line.start;
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.nodeValue!.length;
    if (left <= length) return [node, left];
    left -= length;
  }
  return [paragraph, 0];
}

export function rangeOf(root: HTMLElement, lines: Line[], start: number, end: number): Range | null {
  const [first, last] = [placeOf(root, lines, start), placeOf(root, lines, end)];
  if (!first || !last) return null;
  const range = document.createRange();
  range.setStart(...first);
  range.setEnd(...last);
  return range;
}

/** What the browser has selected within the text, in UTF-16 offsets; null if nothing. */
export function selectionIn(root: HTMLElement | null, lines: Line[]): [number, number] | null {
  const selection = getSelection();
  if (!root || !selection || selection.isCollapsed || !selection.anchorNode || !selection.focusNode) return null;
  const anchor = offsetOf(root, lines, selection.anchorNode, selection.anchorOffset);
  const focus = offsetOf(root, lines, selection.focusNode, selection.focusOffset);
  if (anchor === null || focus === null || anchor === focus) return null;
  return anchor < focus ? [anchor, focus] : [focus, anchor];
}

export function select(root: HTMLElement, lines: Line[], start: number, end: number): void {
  const [anchor, focus] = [placeOf(root, lines, start), placeOf(root, lines, end)];
  if (anchor && focus) getSelection()?.setBaseAndExtent(...anchor, ...focus);
}

/** The UTF-16 offset under a point of the window. */
export function offsetAt(root: HTMLElement, lines: Line[], x: number, y: number): number | null {
  if (document.caretPositionFromPoint) {
    const found = document.caretPositionFromPoint(x, y);
    return found && offsetOf(root, lines, found.offsetNode, found.offset);
  }
  const range = document.caretRangeFromPoint(x, y);
  return range && offsetOf(root, lines, range.startContainer, range.startOffset);
}

const WORD = /[\p{L}\p{M}\p{N}\p{So}]+/gu;

/** The words of the text, in UTF-16 offsets. */
export function wordsOf(text: string): [number, number][] {
  return [...text.matchAll(WORD)].map((match) => [match.index, match.index + match[0].length]);
}

export type TextRef = RefObject<HTMLElement>;
