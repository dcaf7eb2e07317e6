import type { VNode } from "preact";
import { useState } from "preact/hooks";
import * as api from "./api";
import type { Editor } from "./editor";
import { fill, usePage } from "./page";
import type { State } from "./types";

export function Toolbar(props: {
  editor: Editor;
  acceptVisible: () => void;
  acceptAbove: (score: number) => void;
  nextUncertain: () => void;
}): VNode {
  const { t } = usePage();
  const { editor } = props;
  const [score, setScore] = useState("0.90");
  const waiting = editor.mentions.filter((m) => m.score !== undefined).length;
  const setState = (value: State): void => {
    editor.edit((draft) => draft.put("settings", "state", { id: "state", value }), "state");
  };
  const { clash } = editor;
  const saving = clash ? fill(t[clash.how], { one: clash.one.text, other: clash.other.text }) : editor.saving === "refused" ? `${t.refused}: ${editor.refusal}` : t[editor.saving];
  return (
    <section class="toolbar" data-pane tabIndex={-1} aria-label={t.document}>
      <h1 class="title">{editor.opened.id}</h1>
      <span class="version">{editor.version}</span>
      <span class={`state ${editor.state}`}>{t[editor.state as State]}</span>
      <button onClick={() => editor.undo()} disabled={!editor.canUndo}>↶ {t.undo}</button>
      <button onClick={() => editor.redo()} disabled={!editor.canRedo}>↷ {t.redo}</button>
      <button onClick={props.nextUncertain} disabled={!waiting}>{t.nextUncertain} <small>{waiting}</small></button>
      <button onClick={props.acceptVisible} disabled={!waiting}>{t.acceptVisible}</button>
      <span class="above">
        <button onClick={() => props.acceptAbove(Number(score.replace(",", ".")) || 0)} disabled={!waiting}>{t.acceptAbove}</button>
        <input aria-label={t.acceptAbove} inputMode="decimal" value={score} onInput={(event) => setScore(event.currentTarget.value)} />
      </span>
      {editor.state === "done" ? (
        <button onClick={() => setState("work")}>{t.markWork}</button>
      ) : (
        <>
          <button class="primary" onClick={() => setState("done")}>✓ {t.markDone}</button>
          <button onClick={() => setState("disputed")} disabled={editor.state === "disputed"}>{t.markDisputed}</button>
        </>
      )}
      <a class="button" href={api.fileAddress(editor.opened.id, editor.version)} download>{t.download}</a>
      <output class={`saving ${clash ? "refused" : editor.saving}`} aria-live="polite">{saving}{editor.pending > 1 ? ` (${editor.pending})` : ""}</output>
      {editor.others.length > 0 && <span class="others">{t.mergedFrom}: {editor.others.join(", ")}</span>}
    </section>
  );
}
