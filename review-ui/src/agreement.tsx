import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import * as api from "./api";
import type { AgreementRow } from "./api";
import { usePage } from "./page";

/** How far two annotators agree over the documents that both corrected. */
export function Agreement(): VNode {
  const { t } = usePage();
  const [names, setNames] = useState<string[]>([]);
  const [pair, setPair] = useState<[string, string]>(["", ""]);
  const [found, setFound] = useState<{ documents: string[]; rows: AgreementRow[] } | null>(null);
  const [error, setError] = useState("");
  useEffect(() => {
    void api.queue().then((rows) => {
      const all = [...new Set(rows.flatMap((row) => row.versions.filter((v) => v.kind !== "conflict").map((v) => v.name)))];
      setNames(all);
      setPair([all[0] ?? "", all[1] ?? ""]);
    });
  }, []);
  useEffect(() => {
    setFound(null);
    if (!pair[0] || !pair[1] || pair[0] === pair[1]) return;
    api.agreement(...pair).then(setFound, (problem: Error) => setError(problem.message));
  }, [pair]);
  const choice = (side: 0 | 1): VNode => (
    <label>
      {side ? t.second : t.first}{" "}
      <select value={pair[side]} onChange={(e) => setPair(side ? [pair[0], e.currentTarget.value] : [e.currentTarget.value, pair[1]])}>
        {names.map((name) => <option key={name} value={name}>{name}</option>)}
      </select>
    </label>
  );
  const shown = (value: number | null): string => (value === null ? t.empty : value.toFixed(3));
  return (
    <main id="text" class="agreement" tabIndex={-1}>
      <h1>{t.agreement}</h1>
      {names.length < 2 ? <p>{t.adjudicateNeeds}</p> : <p class="filters">{choice(0)} {choice(1)}</p>}
      {error && <p role="alert">{error}</p>}
      {found && (
        <>
          <p>{t.documents} ({found.documents.length}): {found.documents.join(", ")}</p>
          <table>
            <thead><tr>
              <th scope="col">{t.label}</th><th scope="col" class="n">{pair[0]}</th><th scope="col" class="n">{pair[1]}</th>
              <th scope="col" class="n">{t.strict}, F1</th><th scope="col" class="n">{t.overlap}, F1</th>
              <th scope="col" class="n">{t.values}</th><th scope="col" class="n">{t.alpha}</th>
            </tr></thead>
            <tbody>
              {found.rows.map((row) => (
                <tr key={row.label}>
                  <th scope="row">{t.labels[row.label] ?? (row.label === "relations" ? t.relations : t.all)}</th>
                  <td class="n">{row.first}</td><td class="n">{row.second}</td><td class="n">{shown(row.strict)}</td>
                  <td class="n">{shown(row.overlap)}</td><td class="n">{shown(row.values)}</td><td class="n">{shown(row.alpha)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </main>
  );
}
