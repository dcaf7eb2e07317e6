import type { Label } from "./types";

/** Keys by their place on the keyboard (`KeyboardEvent.code`), so that a Russian layout works too. */
export const LABEL_KEYS: Record<string, Label> = {
  KeyC: "CITY",
  KeyR: "REGION",
  KeyK: "COUNTRY",
  KeyP: "PERSON",
  KeyT: "ROLE",
  KeyO: "ORGANIZATION",
  KeyE: "EVENT",
  KeyD: "DATE",
  KeyN: "COUNT",
  KeyA: "AGREEMENT",
};

export const KEY_OF = Object.fromEntries(
  Object.entries(LABEL_KEYS).map(([code, label]) => [label, code.slice(3)]),
) as Record<Label, string>;

/** What a key does where no field is being typed in, and which line of the key sheet tells it. */
export type Action =
  | "next" | "previous" | "uncertain" | "accept" | "acceptVisible" | "remove" | "relation"
  | "startLeft" | "startRight" | "endLeft" | "endRight" | "value" | "record" | "undo" | "redo"
  | "drop" | "sheet" | "queue" | "tags" | "panes";

export function actionOf(event: KeyboardEvent): Action | null {
  const { code, shiftKey } = event;
  if (event.ctrlKey || event.metaKey) {
    if (code === "KeyZ") return shiftKey ? "redo" : "undo";
    return code === "KeyY" ? "redo" : null;
  }
  if (event.key === "?" || (code === "Slash" && shiftKey)) return "sheet";
  if (code === "BracketLeft") return shiftKey ? "startRight" : "startLeft";
  if (code === "BracketRight") return shiftKey ? "endLeft" : "endRight";
  if (code === "KeyX") return shiftKey ? "acceptVisible" : null;
  if (shiftKey && code !== "Tab") return null;
  const plain: Record<string, Action> = {
    Period: "next", Comma: "previous", KeyU: "uncertain", Enter: "accept", Delete: "remove",
    Backspace: "remove", KeyG: "relation", KeyV: "value", KeyM: "record", Escape: "drop",
    KeyQ: "queue", KeyL: "tags", F6: "panes",
  };
  return plain[code] ?? null;
}

/** Pairs for the key sheet: keys as printed on them, and the message that tells what they do. */
export const SHEET: [string, Action | "labels" | "words" | "extend" | "letters"][] = [
  ["C R K P T O E D N A", "labels"],
  ["← → ↑ ↓", "words"],
  ["⇧ ← →", "extend"],
  ["⇧ Alt ← →", "letters"],
  [".  ,", "next"],
  ["U", "uncertain"],
  ["Enter", "accept"],
  ["⇧ X", "acceptVisible"],
  ["Del", "remove"],
  ["[  ⇧[  ]  ⇧]", "startLeft"],
  ["G", "relation"],
  ["V", "value"],
  ["M", "record"],
  ["Ctrl Z", "undo"],
  ["Ctrl ⇧ Z", "redo"],
  ["L", "tags"],
  ["F6", "panes"],
  ["Q", "queue"],
  ["Esc", "drop"],
  ["?", "sheet"],
];
