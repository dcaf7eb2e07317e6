import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import * as api from "./api";
import { Dialog } from "./dialogs";
import { newId, relationsBetween } from "./edits";
import { Editor } from "./editor";
import { Inspector } from "./inspector";
import { actionOf, LABEL_KEYS, type Action } from "./keys";
import { linesOf, spread } from "./lines";
import { bordersMoved, selectionMoved } from "./movement";
import { trimmed } from "./offsets";
import { Overlay } from "./overlay";
import { fill, go, usePage, useSubscription } from "./page";
import { History } from "./history";
import { Records, type SlotPlace } from "./records";
import { slotOf } from "./slots";
import { Lines, select, selectionIn, wordsOf } from "./text";
import { Toolbar } from "./toolbar";
import type { Label, Mention, RecordKind, RelationLabel } from "./types";

export function Workbench({ document: id, version }: { document: string; version: string }): VNode {
  const { session } = usePage();
  const [editor, setEditor] = useState<Editor | null>(null);
  const [error, setError] = useState("");
  useEffect(() => {
    let gone = false;
    setEditor(null);
    api.open(id, version).then(
      (opened) => !gone && setEditor(new Editor(opened, session.relations)),
      (problem: Error) => !gone && setError(problem.message),
    );
    return () => {
      gone = true;
    };
  }, [id, version]);
  if (error) return <main><p role="alert">{error}</p></main>;
  return editor ? <Desk key={`${id}/${version}`} editor={editor} /> : <main aria-busy="true" />;
}

interface Drawing {
  from: string;
  to?: string;
  labels?: RelationLabel[];
}

function Desk({ editor }: { editor: Editor }): VNode {
  const page = usePage();
  const { t, session } = page;
  useSubscription(editor);
  const root = useRef<HTMLElement>(null);
  const [, setReady] = useState(false);
  const [current, setCurrent] = useState<string | null>(null);
  const [selected, setSelected] = useState<string | null>(null);
  const [record, setRecord] = useState<{ kind: RecordKind; id: string } | null>(null);
  const [slot, setSlot] = useState<SlotPlace | null>(null);
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const [said, setSaid] = useState("");
  const [tags, setTags] = useState(false);
  const lines = useMemo(() => linesOf(editor.text), [editor]);
  const words = useMemo(() => wordsOf(editor.text), [editor]);
  const mentions = editor.mentions;
  const spans = useMemo(() => spread(lines, mentions, editor.offsets), [lines, mentions]);
  useLayoutEffect(() => setReady(true), []);

  useLayoutEffect(() => {
    const text = root.current;
    text?.querySelectorAll(".current").forEach((e) => e.classList.remove("current"));
    if (current) text?.querySelectorAll(`[data-m="${CSS.escape(current)}"]`).forEach((e) => e.classList.add("current"));
  });

  useEffect(() => {
    const changed = (): void => {
      const chosen = selectionIn(root.current, lines);
      setSelected(chosen ? editor.text.slice(...trimmed(editor.text, ...chosen)).slice(0, 200) : null);
    };
    document.addEventListener("selectionchange", changed);
    return () => document.removeEventListener("selectionchange", changed);
  }, [editor]);

  useEffect(() => {
    const leaving = (event: BeforeUnloadEvent): void => {
      if (editor.pending) event.preventDefault();
    };
    addEventListener("beforeunload", leaving);
    return () => removeEventListener("beforeunload", leaving);
  }, [editor]);

  const light = (ids: string[]): void => {
    root.current?.querySelectorAll(".lit").forEach((e) => e.classList.remove("lit"));
    for (const id of ids) root.current?.querySelectorAll(`[data-m="${CSS.escape(id)}"]`).forEach((e) => e.classList.add("lit"));
  };
  const lightRecords = (ids: string[]): void => {
    document.querySelectorAll(".card.lit").forEach((e) => e.classList.remove("lit"));
    for (const id of ids) document.querySelectorAll(`[data-evidence~="${CSS.escape(id)}"]`).forEach((e) => e.classList.add("lit"));
  };
  const describe = (mention: Mention): string =>
    [t.labels[mention.label], mention.text, mention.value, mention.entity, mention.score === undefined ? "" : `${t.score} ${mention.score.toFixed(2)}`]
      .filter((part) => part !== undefined && part !== "")
      .join(", ");

  const choose = (id: string | null, scroll = true): void => {
    setCurrent(id);
    getSelection()?.removeAllRanges();
    const mention = id ? editor.content.mentions[id] : undefined;
    lightRecords(id ? [id] : []);
    if (!mention) return;
    setSaid(describe(mention));
    if (scroll) root.current?.querySelector(`[data-m="${CSS.escape(mention.id)}"]`)?.scrollIntoView({ block: "nearest" });
  };

  const chosenWords = (): { start: number; end: number; text: string } | null => {
    const found = selectionIn(root.current, lines);
    if (!found) return null;
    const [first, last] = trimmed(editor.text, ...found);
    if (first === last) return null;
    return { start: editor.offsets.toPoints(first), end: editor.offsets.toPoints(last), text: editor.text.slice(first, last) };
  };

  /** What the program suggests for newly marked words; nothing if it does not answer. */
  const suggestion = async (label: Label, text: string) => {
    const found = await api.suggest(label, text, editor.language, editor.reference).catch(() => ({}) as Awaited<ReturnType<typeof api.suggest>>);
    const { place, ...fields } = found;
    return { place, fields };
  };

  const mark = async (label: Label, where: { start: number; end: number; text: string }): Promise<string> => {
    const same = (): Mention | undefined =>
      editor.mentions.find((m) => m.start === where.start && m.end === where.end && m.label === label);
    const { place, fields } = same() ? { place: undefined, fields: {} } : await suggestion(label, where.text);
    // Asked for again while the suggestion was on its way, it is there by now.
    const there = same();
    if (there) return there.id;
    const id = newId("m");
    editor.edit((draft) => draft.addMention({ id, label, ...where, ...fields }, place));
    return id;
  };

  const label = async (wanted: Label): Promise<void> => {
    const where = chosenWords();
    if (where) {
      getSelection()?.removeAllRanges();
      const id = await mark(wanted, where);
      // Words selected meanwhile are for the next key.
      if (!chosenWords()) choose(id, false);
    } else if (current) {
      const mention = editor.content.mentions[current];
      if (!mention || mention.label === wanted) return;
      const { place, fields } = await suggestion(wanted, mention.text);
      editor.edit((draft) => draft.relabel(current, wanted, fields, place));
    }
  };

  const fillSlot = async (mention: string | null): Promise<void> => {
    if (!slot) return;
    let source = mention;
    const where = mention ? null : chosenWords();
    if (where) {
      const labels = slotOf(slot.kind, slot.name)!.labels;
      const there = mentions.find((m) => m.start === where.start && m.end === where.end && labels.includes(m.label));
      source = there?.id ?? (await mark(labels[0]!, where));
    }
    let filled = false;
    if (source) editor.edit((draft) => void (filled = draft.fill(slot.kind, slot.id, slot.name, source)));
    setSaid(filled ? t.slots[slot.name]! : t.notFilling);
    getSelection()?.removeAllRanges();
    if (filled) setSlot(null);
    if (source) choose(source, false);
  };

  const finishRelation = (to: string): void => {
    if (!drawing) return;
    const [head, tail] = [editor.content.mentions[drawing.from], editor.content.mentions[to]];
    if (!head || !tail || head === tail) return;
    const labels = relationsBetween(editor.ends, head.label, tail.label);
    if (!labels.length) {
      const back = relationsBetween(editor.ends, tail.label, head.label);
      if (back.length) connect(tail.id, head.id, back);
      else setSaid(t.noRelation);
      return;
    }
    connect(head.id, tail.id, labels);
  };
  const connect = (from: string, to: string, labels: RelationLabel[]): void => {
    if (labels.length > 1) return setDrawing({ from, to, labels });
    editor.edit((draft) => draft.addRelation(labels[0]!, from, to));
    setDrawing(null);
    choose(from, false);
  };

  const step = (by: 1 | -1): void => {
    if (!mentions.length) return;
    const at = current ? mentions.findIndex((m) => m.id === current) : by > 0 ? -1 : 0;
    choose(mentions[(at + by + mentions.length) % mentions.length]!.id);
  };
  const nextUncertain = (): void => {
    const waiting = mentions.filter((m) => m.score !== undefined);
    const least = waiting.reduce<Mention | null>((a, b) => (b.id !== current && (!a || b.score! < a.score!) ? b : a), null);
    if (least) choose(least.id);
    else setSaid(t.nothingUncertain);
  };
  const visibleIds = (): string[] => {
    const box = root.current!.parentElement!.getBoundingClientRect();
    const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)];
    return [...root.current!.querySelectorAll<HTMLElement>("mark[data-m]")]
      .filter((e) => {
        const { top: above, bottom: below } = e.getBoundingClientRect();
        return below > top && above < bottom;
      })
      .map((e) => e.dataset["m"]!);
  };
  const acceptAll = (ids: Iterable<string>): void => {
    editor.edit((draft) => draft.accept(ids), "accept");
  };
  const resize = (id: string, first: number, last: number): void => {
    const [start, end] = trimmed(editor.text, first, last);
    if (start >= end) return;
    const [from, until] = [editor.offsets.toPoints(start), editor.offsets.toPoints(end)];
    editor.edit((draft) => draft.resize(id, from, until, editor.text.slice(start, end)));
  };
  const unitsOf = (mention: Mention): [number, number] => [editor.offsets.toUnits(mention.start), editor.offsets.toUnits(mention.end)];
  const moveBorder = (side: "start" | "end", by: 1 | -1, letter: boolean): void => {
    const mention = current ? editor.content.mentions[current] : undefined;
    if (mention) resize(mention.id, ...bordersMoved(words, unitsOf(mention), side, by, letter));
  };
  const moveSelection = (event: KeyboardEvent): boolean => {
    const around = current ? editor.content.mentions[current] : undefined;
    const caret = around ? unitsOf(around)[0] : 0;
    const to = selectionMoved(editor.text, words, selectionIn(root.current, lines), caret, event);
    if (to) {
      select(root.current!, lines, ...to);
      getSelection()?.focusNode?.parentElement?.scrollIntoView({ block: "nearest" });
    }
    return true;
  };

  const perform: Record<Action, (event: KeyboardEvent) => void> = {
    next: () => step(1),
    previous: () => step(-1),
    uncertain: nextUncertain,
    accept: () => {
      if (drawing && current) finishRelation(current);
      else if (slot) void fillSlot(chosenWords() ? null : current);
      else if (current) acceptAll([current]);
    },
    acceptVisible: () => acceptAll(visibleIds()),
    remove: () => {
      if (!current) return;
      editor.edit((draft) => draft.removeMention(current));
      setCurrent(null);
    },
    relation: () => current && setDrawing({ from: current }),
    startLeft: (event) => moveBorder("start", -1, event.altKey),
    startRight: (event) => moveBorder("start", 1, event.altKey),
    endLeft: (event) => moveBorder("end", -1, event.altKey),
    endRight: (event) => moveBorder("end", 1, event.altKey),
    value: () => document.querySelector<HTMLElement>(".mention input, .mention select")?.focus(),
    record: () => current && editor.edit((draft) => void draft.newRecord(current)),
    undo: () => editor.undo(),
    redo: () => editor.redo(),
    drop: () => {
      setSlot(null);
      setDrawing(null);
      choose(null);
    },
    sheet: () => undefined,
    queue: () => go(),
    tags: () => setTags(!tags),
    panes: () => {
      const panes = [...document.querySelectorAll<HTMLElement>("[data-pane]")];
      const at = panes.findIndex((pane) => pane.contains(document.activeElement));
      panes[(at + 1) % panes.length]?.focus();
    },
  };
  const keyed = useRef<(event: KeyboardEvent) => void>(() => undefined);
  keyed.current = (event) => {
    const target = event.target as HTMLElement;
    const typing = !!target.closest("input, select, textarea, dialog");
    const action = actionOf(event);
    if (action === "panes" || ((action === "undo" || action === "redo") && !target.closest("input:not([type=checkbox]), dialog"))) {
      event.preventDefault();
      return perform[action](event);
    }
    if (typing) {
      if (event.key === "Escape") target.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    if (root.current?.parentElement?.contains(target) && event.key.startsWith("Arrow") && moveSelection(event)) return event.preventDefault();
    const wanted = LABEL_KEYS[event.code];
    if (wanted && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      return void label(wanted);
    }
    if (action === "accept" && target.closest("button, a, summary")) return;
    if (action && action !== "sheet") {
      event.preventDefault();
      perform[action](event);
    }
  };
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => keyed.current(event);
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, []);

  const idAt = (event: Event): string | null => (event.target as HTMLElement).closest<HTMLElement>("mark[data-m]")?.dataset["m"] ?? null;
  const clicked = (event: MouseEvent): void => {
    if (slot && (chosenWords() || idAt(event))) return void fillSlot(chosenWords() ? null : idAt(event));
    if (chosenWords()) return setCurrent(null);
    const around: string[] = [];
    for (let mark = (event.target as HTMLElement).closest<HTMLElement>("mark[data-m]"); mark; mark = mark.parentElement?.closest<HTMLElement>("mark[data-m]") ?? null) {
      around.push(mark.dataset["m"]!);
    }
    // The innermost first; another click chooses the one around it.
    const id = around[current ? (around.indexOf(current) + 1) % Math.max(1, around.length) : 0] ?? null;
    if (drawing && around[0]) return finishRelation(around[0]);
    choose(id, false);
  };

  const inspect = useMemo(() => ({}), []);
  Object.assign(inspect, {
    label: (wanted: Label) => void label(wanted),
    accept: (id: string) => acceptAll([id]),
    remove: () => perform.remove(new KeyboardEvent("keydown")),
    draw: (id: string) => setDrawing({ from: id }),
    record: () => perform.record(new KeyboardEvent("keydown")),
    choose: (id: string) => choose(id),
  });
  const acts = useMemo(() => ({ light }) as Parameters<typeof Records>[0]["acts"], []);
  Object.assign(acts, {
    open: (kind: RecordKind, id: string | null) => {
      setSlot(null);
      setRecord(id ? { kind, id } : null);
      const first = id ? editor.content[kind][id]?.mentions[0] : undefined;
      if (first) root.current?.querySelector(`[data-m="${CSS.escape(first)}"]`)?.scrollIntoView({ block: "center" });
    },
    activate: (wanted: SlotPlace | null) => {
      setSlot(wanted);
      setSaid(t.slotActive);
    },
    show: (id: string) => choose(id),
  });

  return (
    <>
      <Toolbar
        editor={editor}
        acceptVisible={() => acceptAll(visibleIds())}
        acceptAbove={(score) => acceptAll(mentions.filter((m) => (m.score ?? -1) >= score).map((m) => m.id))}
        nextUncertain={nextUncertain}
      />
      <main class="desk">
        <div class="reading" id="text" data-pane tabIndex={0} aria-label={t.text} role="region">
          <article
            ref={root}
            lang={editor.language === "ru" || editor.language === "en" ? editor.language : undefined}
            class={[tags ? "tags" : "", slot || drawing ? "picking" : ""].join(" ")}
            onClick={clicked}
            onMouseOver={(event) => {
              const id = idAt(event);
              lightRecords(id ? [id] : current ? [current] : []);
            }}
            onPointerDown={(event) => {
              const id = idAt(event);
              if (event.altKey && id) {
                event.preventDefault();
                setDrawing({ from: id });
              }
            }}
            onPointerUp={(event) => {
              const id = idAt(event);
              if (event.altKey && drawing && id && id !== drawing.from) finishRelation(id);
            }}
          >
            <Lines lines={lines} spans={spans} />
            <Overlay root={root.current} lines={lines} editor={editor} current={current} resize={resize} />
          </article>
        </div>
        <aside class="side" data-pane tabIndex={-1} aria-label={t.records}>
          {slot && <p class="prompt" role="status">{t.slots[slot.name]}: {t.slotActive}</p>}
          {drawing && !drawing.labels && <p class="prompt" role="status">{t.relationTarget}</p>}
          {drawing?.labels && (
            <p class="prompt" role="group" aria-label={t.chooseRelation}>
              {t.chooseRelation}{" "}
              {drawing.labels.map((name) => (
                <button key={name} data-relation={name} onClick={() => connect(drawing.from, drawing.to!, [name])}>
                  {t.relationNames[name]}
                </button>
              ))}
            </p>
          )}
          <Inspector editor={editor} current={current} selected={selected} acts={inspect as Parameters<typeof Inspector>[0]["acts"]} />
          <Records editor={editor} opened={record} current={current} acts={acts} />
          <details class="problems" open={editor.problems.length > 0}>
            <summary>{editor.problems.length ? `${t.problems} (${editor.problems.length})` : t.noProblems}</summary>
            <ul>{editor.problems.map((problem) => <li key={problem}>{problem}</li>)}</ul>
          </details>
          <History editor={editor} />
        </aside>
      </main>
      <p class="live" role="status" aria-live="polite">{said}</p>
      {editor.conflict && (
        <Dialog title={t.conflictTitle} must close={() => undefined}>
          <p>{fill(t.conflictBody, { theirs: `“${editor.opened.version}” (${editor.conflict.authors.join(", ")})`, mine: `“${editor.conflict.fork}”` })}</p>
          <p class="buttons">
            <button class="primary" onClick={() => go("compare", editor.opened.id, editor.opened.version, editor.conflict!.fork)}>{t.seeDifferences}</button>
            <button onClick={() => location.reload()}>{t.takeTheirs}</button>
            <button onClick={() => go("document", editor.opened.id, editor.conflict!.fork)}>{t.takeMine}</button>
          </p>
        </Dialog>
      )}
      <span hidden data-annotator={session.annotator ?? ""} />
    </>
  );
}
