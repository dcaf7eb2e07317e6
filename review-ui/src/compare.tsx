import type { VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import * as api from "./api";
import { relationsBetween } from "./edits";
import { Editor, inOrder } from "./editor";
import { linesOf, spread } from "./lines";
import { Offsets } from "./offsets";
import { fill, go, usePage, useSubscription } from "./page";
import { said } from "./records";
import { SLOTS } from "./slots";
import { Lines, rangeOf } from "./text";
import type { Comparison, Content, Difference, Mention, Rec, RecordKind, Relation, Thing } from "./types";

type Side = "first" | "second";

/** Two versions side by side, and what differs, one by one. */
export function Compare({ document: id, names }: { document: string; names: [string, string] }): VNode {
  const { session } = usePage();
  const [found, setFound] = useState<Comparison | null>(null);
  const [editor, setEditor] = useState<Editor | null>(null);
  const [error, setError] = useState("");
  useEffect(() => {
    const load = async (): Promise<void> => {
      const comparison = await api.compare(id, ...names);
      const forked = names[1].startsWith(`${names[0]}~`);
      const target = forked ? names[0] : (await api.adjudicate(id, names[0])).version;
      setEditor(new Editor(await api.open(id, target), session.relations));
      setFound(comparison);
    };
    load().catch((problem: Error) => setError(problem.message));
  }, [id, ...names]);
  if (error) return <main><p role="alert">{error}</p></main>;
  return found && editor ? <Adjudication found={found} editor={editor} /> : <main aria-busy="true" />;
}

function Adjudication({ found, editor }: { found: Comparison; editor: Editor }): VNode {
  const page = usePage();
  const { t } = page;
  useSubscription(editor);
  const [at, setAt] = useState(0);
  const [told, setTold] = useState("");
  const offsets = useMemo(() => new Offsets(found.text), [found]);
  const lines = useMemo(() => linesOf(found.text), [found]);
  const sides = { first: useRef<HTMLElement>(null), second: useRef<HTMLElement>(null) };
  const spans = useMemo(
    () => ({
      first: spread(lines, Object.values(found.first.mentions).sort(inOrder), offsets),
      second: spread(lines, Object.values(found.second.mentions).sort(inOrder), offsets),
    }),
    [found],
  );
  const difference = found.differences[at];
  const decision = (one: Difference): string | undefined => editor.content.settings[`decision:${one.key}`]?.value;
  const decided = found.differences.filter((one) => decision(one)).length;

  useEffect(() => {
    if (!difference) return;
    const start = offsets.toUnits(difference.start);
    for (const side of ["first", "second"] as Side[]) {
      const root = sides[side].current;
      if (!root) continue;
      root.querySelectorAll(".lit").forEach((e) => e.classList.remove("lit"));
      for (const mention of mentionsOf(difference[side], difference)) {
        root.querySelectorAll(`[data-m="${CSS.escape(mention)}"]`).forEach((e) => e.classList.add("lit"));
      }
      const range = rangeOf(root, lines, start, start);
      const pane = root.parentElement!;
      if (range) pane.scrollTop += range.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
    }
  }, [difference]);

  const take = (side: Side): void => {
    if (!difference) return;
    const thing = difference[side];
    const known = editor.content.mentions;
    if (difference.on === "relations" && thing) {
      const { head, tail } = thing as Relation;
      const [from, to] = [known[head], known[tail]];
      if (!from || !to || !relationsBetween(editor.ends, from.label, to.label).includes((thing as Relation).label)) return setTold(t.decideFirst);
    }
    const made = editor.edit((draft) => {
      const { on, id } = difference;
      if (on === "mentions" && !thing) {
        if (known[id]) draft.removeMention(id);
      } else if (on === "mentions") draft.setOrAdd(thing as Mention);
      else if (thing && on !== "relations" && on !== "settings") {
        const cited = (thing as Rec).mentions.filter((m) => known[m]);
        draft.put(on, id, cited.length ? { ...thing, mentions: cited } : null);
      } else draft.put(on, id, thing);
      draft.put("settings", `decision:${difference.key}`, { id: `decision:${difference.key}`, value: side });
    }, "decide");
    const { clash } = editor;
    if (clash) return setTold(fill(t[clash.how], { one: clash.one.text, other: clash.other.text }));
    if (!made && decision(difference) !== side) return;
    setTold("");
    setAt(Math.min(at + 1, found.differences.length - 1));
  };
  const finish = (): void => {
    const conflict = found.names[1].startsWith(`${found.names[0]}~`);
    if (!conflict) {
      editor.edit((draft) => draft.put("settings", "state", { id: "state", value: "done" }), "state");
      return go();
    }
    void api
      .open(found.id, found.names[1])
      .then((fork) => api.save(found.id, found.names[1], {
        base: fork.revision,
        kind: "state",
        undoes: null,
        changes: [{ on: "settings", id: "state", before: fork.content.settings["state"] ?? null, after: { id: "state", value: "done" } }],
      }))
      .then(() => go(), (error: Error) => setTold(error.message));
  };
  const keyed = useRef<(event: KeyboardEvent) => void>(() => undefined);
  keyed.current = (event) => {
    if ((event.target as HTMLElement).closest("input, select, dialog")) return;
    if ((event.ctrlKey || event.metaKey) && event.code === "KeyZ") {
      event.preventDefault();
      return event.shiftKey ? editor.redo() : decided ? editor.undo() : undefined;
    }
    const last = found.differences.length - 1;
    if (event.key === "ArrowDown" || event.code === "Period") setAt(Math.min(at + 1, last));
    else if (event.key === "ArrowUp" || event.code === "Comma") setAt(Math.max(at - 1, 0));
    else if (event.key === "ArrowLeft" || event.code === "Digit1") take("first");
    else if (event.key === "ArrowRight" || event.code === "Digit2") take("second");
    else if (event.code === "KeyQ") go();
    else return;
    event.preventDefault();
  };
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => keyed.current(event);
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, []);

  return (
    <>
      <section class="toolbar" aria-label={t.document}>
        <h1 class="title">{found.id}</h1>
        <span>{decided} / {found.differences.length} {t.decided}</span>
        <button onClick={() => editor.undo()} disabled={!decided}>↶ {t.undo}</button>
        <button class="primary" disabled={decided < found.differences.length} onClick={finish}>✓ {t.finish}</button>
        <output class={`saving ${editor.saving}`} aria-live="polite">{editor.saving === "refused" ? `${t.refused}: ${editor.refusal}` : t[editor.saving]}</output>
      </section>
      <main class="compare" id="text" tabIndex={-1}>
        <section class="differences" aria-label={t.difference}>
          {difference ? (
            <>
              <h2>
                {t.difference} {at + 1} {t.of} {found.differences.length}: {t[difference.on]}
                {decision(difference) && <small> · {t.decided}: {decision(difference) === "first" ? found.names[0] : found.names[1]}</small>}
              </h2>
              <div class="pair">
                {(["first", "second"] as Side[]).map((side, index) => (
                  <div key={side} class={decision(difference) === side ? "chosen" : ""}>
                    <h3>{found.names[index]}</h3>
                    <Told thing={difference[side]} difference={difference} content={found[side]} language={found.language} />
                    <button class="primary" onClick={() => take(side)}>{side === "first" ? `← ${t.takeFirst}` : `${t.takeSecond} →`}</button>
                  </div>
                ))}
              </div>
              <p role="status">{told}</p>
              <ol class="steps" aria-label={t.difference}>
                {found.differences.map((one, index) => (
                  <li key={one.key}>
                    <button class={`small${decision(one) ? " decided" : ""}`} aria-current={index === at} onClick={() => setAt(index)}>{index + 1}</button>
                  </li>
                ))}
              </ol>
            </>
          ) : (
            <p>{t.noDifferences}</p>
          )}
          {editor.problems.length > 0 && (
            <details class="problems">
              <summary>{t.problems} ({editor.problems.length})</summary>
              <ul>{editor.problems.map((problem) => <li key={problem}>{problem}</li>)}</ul>
            </details>
          )}
        </section>
        {(["first", "second"] as Side[]).map((side, index) => (
          <section key={side} class="reading" aria-label={`${t[side]}: ${found.names[index]}`} tabIndex={0}>
            <article ref={sides[side]} lang={found.language}>
              <Lines lines={lines} spans={spans[side]} />
            </article>
          </section>
        ))}
      </main>
    </>
  );
}

function mentionsOf(thing: Thing | null, difference: Difference): string[] {
  if (!thing) return difference.on === "mentions" ? [] : [];
  if (difference.on === "mentions") return [thing.id];
  if (difference.on === "relations") return [(thing as Relation).head, (thing as Relation).tail];
  return (thing as Rec).mentions ?? [];
}

function Told(props: { thing: Thing | null; difference: Difference; content: Content; language: string }): VNode {
  const page = usePage();
  const { t } = page;
  const { thing, difference, content } = props;
  if (!thing) return <p class="hint">{t.nothing}</p>;
  if (difference.on === "relations") {
    const relation = thing as Relation;
    return <p>{content.mentions[relation.head]?.text} → {t.relationNames[relation.label]} → {content.mentions[relation.tail]?.text}</p>;
  }
  const slots = difference.on === "mentions" ? [] : (SLOTS[difference.on as RecordKind] ?? []);
  const rows: [string, string][] =
    difference.on === "mentions"
      ? Object.entries(thing as Mention).filter(([k]) => !["id", "score", "why"].includes(k)).map(([k, v]) => [k, String(v)])
      : [
          ...slots.filter((slot) => (thing as Rec)[slot.name] !== undefined).map((slot): [string, string] => [slot.name, said(content, (thing as Rec)[slot.name], slot, props.language, page)]),
          ["mentions", (thing as Rec).mentions.map((m) => content.mentions[m]?.text ?? m).join(" · ")],
        ];
  return (
    <dl>
      {rows.map(([name, value]) => (
        <div key={name} class={difference.fields.includes(name) ? "differs" : ""}>
          <dt>{t.slots[name] ?? (name === "mentions" ? t.evidence : name)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
