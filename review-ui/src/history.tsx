import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import * as api from "./api";
import type { Editor } from "./editor";
import { usePage } from "./page";
import type { Change, SavedEvent } from "./types";

const MOST = 200;

/** Who did what and when, the latest first; asked for when it is opened. */
export function History({ editor }: { editor: Editor }): VNode {
  const { t, tongue } = usePage();
  const [shown, setShown] = useState(false);
  const [events, setEvents] = useState<SavedEvent[]>([]);
  useEffect(() => {
    if (shown) void api.open(editor.opened.id, editor.version).then((opened) => setEvents(opened.history.slice(-MOST).reverse()), () => undefined);
  }, [shown, editor.revision]);
  const what = (change: Change): string => {
    const thing = (change.after ?? change.before) as unknown as Record<string, unknown>;
    const name = thing["text"] ?? thing["name"] ?? thing["label"] ?? thing["value"] ?? change.id;
    const sign = change.before ? (change.after ? "" : "− ") : "+ ";
    return `${sign}${typeof thing["label"] === "string" ? `${t.labels[thing["label"]] ?? t.relationNames[thing["label"]]} ` : ""}${String(name)}`;
  };
  return (
    <details class="history" onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>{t.history}</summary>
      <ol>
        {events.map((event) => (
          <li key={event.revision}>
            <strong>{event.author}</strong> {t.kinds[event.kind] ?? event.kind}{" "}
            <time dateTime={event.at}>{new Date(event.at).toLocaleString(tongue)}</time>
            <br />
            <small>
              {event.changes.slice(0, 3).map(what).join(" · ")}
              {event.changes.length > 3 ? ` … (${event.changes.length})` : ""}
            </small>
          </li>
        ))}
      </ol>
    </details>
  );
}
