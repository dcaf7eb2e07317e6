import type { VNode } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import type { Editor } from "./editor";
import type { Line } from "./lines";
import { usePage } from "./page";
import { offsetAt, rangeOf, select, selectionIn } from "./text";

const KNOB = 12;

interface Box {
  x: number;
  y: number;
  height: number;
}
interface Arrow {
  key: string;
  path: string;
  label: string;
  x: number;
  y: number;
}

/** Drawn over the text for the chosen mention: a handle at each border, an arrow for each relation. */
export function Overlay(props: {
  root: HTMLElement | null;
  lines: Line[];
  editor: Editor;
  current: string | null;
  resize: (id: string, start: number, end: number) => void;
}): VNode | null {
  const { t } = usePage();
  const { root, lines, editor, current } = props;
  const [ends, setEnds] = useState<[Box, Box] | null>(null);
  const [arrows, setArrows] = useState<Arrow[]>([]);
  const mention = current ? editor.content.mentions[current] : undefined;
  useLayoutEffect(() => {
    const measure = (): void => {
      setEnds(root && mention ? bordersOf(root, lines, editor, mention.start, mention.end) : null);
      setArrows(root && mention ? arrowsOf(root, lines, editor, mention.id, t.relationNames) : []);
    };
    measure();
    if (!root || !mention) return;
    const watcher = new ResizeObserver(measure);
    watcher.observe(root);
    return () => watcher.disconnect();
  }, [root, mention, editor.content.relations, t]);
  if (!mention || !ends || !root) return null;
  const drag = (side: 0 | 1) => (event: PointerEvent) => {
    event.preventDefault();
    const handle = event.currentTarget as HTMLElement;
    handle.setPointerCapture(event.pointerId);
    root.classList.add("dragging");
    const fixed = editor.offsets.toUnits(side ? mention.start : mention.end);
    const move = (moved: PointerEvent): void => {
      const at = offsetAt(root, lines, moved.clientX, moved.clientY);
      if (at !== null) select(root, lines, Math.min(at, fixed), Math.max(at, fixed));
    };
    const end = (): void => {
      handle.removeEventListener("pointermove", move);
      root.classList.remove("dragging");
      // The click that ends a drag chooses nothing.
      const swallow = (click: Event): void => click.stopPropagation();
      addEventListener("click", swallow, { capture: true, once: true });
      setTimeout(() => removeEventListener("click", swallow, { capture: true }));
      const chosen = selectionIn(root, lines);
      getSelection()?.removeAllRanges();
      if (chosen) props.resize(mention.id, ...chosen);
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", end, { once: true });
  };
  return (
    <div class="overlay" aria-hidden="true">
      <svg>
        {arrows.map((arrow) => (
          <g key={arrow.key}>
            <path d={arrow.path} />
            <text x={arrow.x} y={arrow.y}>
              {arrow.label}
            </text>
          </g>
        ))}
      </svg>
      {ends.map((box, side) => (
        <span
          key={side}
          class={side ? "handle end" : "handle start"}
          ref={(element) => {
            if (!element) return;
            element.style.left = `${box.x}px`;
            // Above the first line and below the last, so that words under it can still be selected.
            element.style.top = `${side ? box.y + box.height : box.y - KNOB}px`;
          }}
          onPointerDown={drag(side as 0 | 1)}
        />
      ))}
    </div>
  );
}

function boxes(root: HTMLElement, lines: Line[], editor: Editor, start: number, end: number): DOMRect[] {
  const range = rangeOf(root, lines, editor.offsets.toUnits(start), editor.offsets.toUnits(end));
  const origin = root.getBoundingClientRect();
  return range
    ? [...range.getClientRects()]
        .filter((r) => r.width > 0)
        .map((r) => new DOMRect(r.x - origin.x, r.y - origin.y, r.width, r.height))
    : [];
}

function bordersOf(root: HTMLElement, lines: Line[], editor: Editor, start: number, end: number): [Box, Box] | null {
  const found = boxes(root, lines, editor, start, end);
  const [first, last] = [found[0], found[found.length - 1]];
  if (!first || !last) return null;
  return [
    { x: first.x, y: first.y, height: first.height },
    { x: last.right, y: last.y, height: last.height },
  ];
}

function arrowsOf(root: HTMLElement, lines: Line[], editor: Editor, id: string, names: Record<string, string>): Arrow[] {
  const { mentions, relations } = editor.content;
  const middle = (mention: string): [number, number] | null => {
    const one = mentions[mention];
    const box = one && boxes(root, lines, editor, one.start, one.end)[0];
    return box ? [box.x + box.width / 2, box.y] : null;
  };
  return Object.values(relations)
    .filter((r) => r.head === id || r.tail === id)
    .flatMap((relation) => {
      const [from, to] = [middle(relation.head), middle(relation.tail)];
      if (!from || !to) return [];
      const lift = Math.min(from[1], to[1]) - 16;
      const x = (from[0] + to[0]) / 2;
      const path = `M${from[0]} ${from[1]} C${from[0]} ${lift} ${to[0]} ${lift} ${to[0]} ${to[1]} l-4 -7 m4 7 l4 -7`;
      return [{ key: relation.id, path, label: names[relation.label] ?? relation.label, x, y: lift + 4 }];
    });
}
