import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import * as api from "./api";
import { go, usePage } from "./page";
import type { QueueRow, State } from "./types";

const STATES: State[] = ["new", "work", "done", "disputed"];

export function Queue(): VNode {
  const { t, session, tongue } = usePage();
  const [rows, setRows] = useState<QueueRow[]>([]);
  const [state, setState] = useState("");
  const [language, setLanguage] = useState("");
  const [order, setOrder] = useState("folder");
  const [told, setTold] = useState("");
  useEffect(() => {
    void api.queue().then(setRows, (error: Error) => setTold(error.message));
  }, []);
  const me = session.annotator ?? "";
  const shown = rows.filter((row) => (!state || row.state === state) && (!language || row.language === language));
  if (order === "uncertainty") shown.sort((a, b) => (b.uncertainty ?? -1) - (a.uncertainty ?? -1));
  const count = (wanted: State): number => rows.filter((row) => row.state === wanted).length;
  const write = (): void => {
    void api.exportAll().then(
      ({ written, left_out }) => setTold(`${written.length} ${t.exported}${left_out.length ? `; ${t.leftOut}: ${left_out.join(" · ")}` : ""}`),
      (error: Error) => setTold(error.message),
    );
  };
  return (
    <main id="text" class="queue" tabIndex={-1}>
      <h1>{session.folder}</h1>
      {session.notices.map((notice) => <p key={notice} class="notice">{notice}</p>)}
      <div class="filters" role="group" aria-label={t.progress}>
        <progress max={rows.length || 1} value={count("done")} aria-label={t.progress} />
        <span>{count("done")} / {rows.length} {t.done}</span>
        <label>{t.state} <select value={state} onChange={(e) => setState(e.currentTarget.value)}>
          <option value="">{t.all}</option>
          {STATES.map((one) => <option key={one} value={one}>{t[one]} ({count(one)})</option>)}
        </select></label>
        <label>{t.lang} <select value={language} onChange={(e) => setLanguage(e.currentTarget.value)}>
          <option value="">{t.all}</option>
          {[...new Set(rows.map((row) => row.language))].map((one) => <option key={one} value={one}>{one}</option>)}
        </select></label>
        <label>{t.sort} <select value={order} onChange={(e) => setOrder(e.currentTarget.value)}>
          <option value="folder">{t.byFolder}</option>
          <option value="uncertainty">{t.byUncertainty}</option>
        </select></label>
        {session.out && <button onClick={write}>{t.export}</button>}
        <output>{told}</output>
      </div>
      <table>
        <thead><tr>
          <th scope="col">{t.document}</th><th scope="col">{t.state}</th><th scope="col">{t.lang}</th>
          <th scope="col" class="n">{t.uncertainty}</th><th scope="col">{t.versions}</th>
        </tr></thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.id} data-document={row.id}>
              <th scope="row">
                <a href={`#/document/${encodeURIComponent(row.id)}/${encodeURIComponent(me)}`}>{row.id}</a>
                <small>{row.characters.toLocaleString(tongue)} {t.characters} · {t.mentions}: {row.mentions.toLocaleString(tongue)}</small>
              </th>
              <td><span class={`state ${row.state}`}>{t[row.state]}</span></td>
              <td data-label={t.lang}>{row.language}</td>
              <td class="n" data-label={t.uncertainty}>{row.uncertainty?.toFixed(3) ?? t.empty}</td>
              <td><Versions row={row} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </main>
  );
}

function Versions({ row }: { row: QueueRow }): VNode | null {
  const { t } = usePage();
  const names = row.versions.filter((v) => v.kind !== "adjudicated").map((v) => v.name);
  const [first, setFirst] = useState("");
  const [second, setSecond] = useState("");
  const forked = row.versions.find((v) => v.kind === "conflict" && v.state !== "done");
  const one = first || forked?.parent || names[0] || "";
  const two = second || forked?.name || names.find((n) => n !== one) || "";
  return (
    <>
      <ul class="versions">
        {row.versions.map((version) => (
          <li key={version.name}>
            <a href={`#/document/${encodeURIComponent(row.id)}/${encodeURIComponent(version.name)}`}>
              {version.kind === "adjudicated" ? t.adjudicated : version.name}
            </a>{" "}
            <span class={`state ${version.state}`}>{t[version.state]}</span>
            {version.kind === "conflict" && <em> {t.conflictVersion}</em>}
            <small>
              {" "}
              {Object.entries(version.authors).map(([who, edits]) => `${who} – ${t.edits}: ${edits}`).join(", ")} · {t.unsure}: {version.unsure}
            </small>
          </li>
        ))}
      </ul>
      {names.length > 1 && (
        <span class="comparing">
          <select aria-label={t.first} value={one} onChange={(e) => setFirst(e.currentTarget.value)}>
            {names.map((name) => <option key={name} value={name}>{name}</option>)}
          </select>
          <select aria-label={t.second} value={two} onChange={(e) => setSecond(e.currentTarget.value)}>
            {names.map((name) => <option key={name} value={name}>{name}</option>)}
          </select>
          <button disabled={one === two} onClick={() => go("compare", row.id, one, two)}>{t.compare}</button>
        </span>
      )}
    </>
  );
}
