import * as api from "./api";
import { Refused } from "./api";
import { applied, Draft, inverse, type Ends } from "./edits";
import { Offsets } from "./offsets";
import type { Change, Content, Mention, Opened, SavedEvent } from "./types";

interface Done {
  revision: number | null;
  changes: Change[];
}
interface Waiting {
  kind: string;
  undoes: number | null;
  changes: Change[];
  done: Done;
}
export type Saving = "saved" | "saving" | "offline" | "signedOut" | "refused";

export interface Clash {
  how: "crosses" | "repeats";
  one: Mention;
  other: Mention;
}

/** A changed mention that crosses another, or has the span and label of another. */
function clashOf(content: Content, changes: Change[]): Clash | null {
  for (const change of changes) {
    if (change.on !== "mentions" || !change.after) continue;
    const one = change.after as Mention;
    for (const other of Object.values(content.mentions)) {
      if (other.id === one.id || other.end <= one.start || one.end <= other.start) continue;
      if (one.start === other.start && one.end === other.end) {
        if (one.label === other.label) return { how: "repeats", one, other };
      } else if ((one.start < other.start && one.end < other.end) || (other.start < one.start && other.end < one.end)) {
        return { how: "crosses", one, other };
      }
    }
  }
  return null;
}

const RETRY = 1000;

/**
 * One version of a document being edited: what it holds now, what can be undone, and what is on its
 * way to the server. Edits are sent one by one in order; nothing is dropped while the server is away.
 */
export class Editor {
  content: Content;
  revision: number;
  problems: string[];
  saving: Saving = "saved";
  refusal = "";
  /** Why the last edit was not made: it crosses or repeats a mention. */
  clash: Clash | null = null;
  conflict: { fork: string; authors: string[] } | null = null;
  others: string[] = [];
  readonly offsets: Offsets;
  readonly text: string;
  version: string;
  private undone: Done[] = [];
  private dones: Done[] = [];
  private waiting: Waiting[] = [];
  private sending = false;
  private listeners = new Set<() => void>();
  private sorted: Mention[] | null = null;

  constructor(
    readonly opened: Opened,
    readonly ends: Ends,
  ) {
    this.content = opened.content;
    this.revision = opened.revision;
    this.problems = opened.problems;
    this.text = opened.text;
    this.offsets = new Offsets(opened.text);
    this.version = opened.version;
    for (const event of opened.history) this.remember(event);
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private tell(): void {
    this.sorted = null;
    for (const listener of this.listeners) listener();
  }

  private remember(event: SavedEvent): void {
    const done = { revision: event.revision, changes: event.changes };
    if (event.kind === "undo") {
      const back = this.dones.pop();
      if (back) this.undone.push(back);
    } else if (event.kind === "redo") {
      const again = this.undone.pop();
      if (again) this.dones.push(again);
    } else {
      this.dones.push(done);
      this.undone = [];
    }
  }

  get language(): string {
    return this.content.settings["language"]?.value ?? this.opened.language;
  }

  get reference(): string {
    return this.content.settings["reference_period"]?.value ?? "";
  }

  get state(): string {
    return this.content.settings["state"]?.value ?? "new";
  }

  /** Mentions in text order, outer before inner. */
  get mentions(): Mention[] {
    this.sorted ??= Object.values(this.content.mentions).sort(inOrder);
    return this.sorted;
  }

  get canUndo(): boolean {
    return this.dones.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  get pending(): number {
    return this.waiting.length;
  }

  draft(): Draft {
    return new Draft(this.content, this.ends, this.language);
  }

  /** Make an edit; false if it changes nothing. */
  edit(make: (draft: Draft) => void, kind = "edit"): boolean {
    const draft = this.draft();
    make(draft);
    const changes = draft.changes();
    if (!changes.length) return false;
    this.clash = clashOf(draft.content, changes);
    if (this.clash) {
      this.tell();
      return false;
    }
    if (this.state === "new" && !changes.some((c) => c.on === "settings" && c.id === "state")) {
      changes.push({ on: "settings", id: "state", before: { id: "state", value: "new" }, after: { id: "state", value: "work" } });
    }
    const done: Done = { revision: null, changes };
    this.dones.push(done);
    this.undone = [];
    this.push({ kind, undoes: null, changes, done });
    return true;
  }

  undo(): void {
    const done = this.dones.pop();
    if (!done) return;
    this.undone.push(done);
    this.push({ kind: "undo", undoes: done.revision, changes: inverse(done.changes), done });
  }

  redo(): void {
    const done = this.undone.pop();
    if (!done) return;
    this.dones.push(done);
    this.push({ kind: "redo", undoes: done.revision, changes: done.changes, done });
  }

  private push(edit: Waiting): void {
    this.content = applied(this.content, edit.changes);
    this.waiting.push(edit);
    this.refusal = "";
    this.clash = null;
    this.tell();
    void this.send();
  }

  private async send(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    while (this.waiting.length) {
      const edit = this.waiting[0]!;
      if (this.saving === "saved" || this.saving === "refused") this.saving = "saving";
      try {
        const saved = await api.save(this.opened.id, this.version, {
          base: this.revision,
          kind: edit.kind,
          undoes: edit.undoes,
          changes: edit.changes,
        });
        this.waiting.shift();
        edit.done.revision = saved.event.revision;
        this.revision = saved.event.revision;
        this.problems = saved.problems;
        this.saving = "saved";
        this.takeMissed(saved.missed);
      } catch (error) {
        if (!(await this.recover(error, edit))) break;
      }
      this.tell();
    }
    this.sending = false;
  }

  /** Others' edits of other things: they lie beneath ours, and touch none of it. */
  private takeMissed(missed: SavedEvent[]): void {
    for (const event of missed) {
      this.content = applied(this.content, event.changes);
      this.dones.unshift({ revision: event.revision, changes: event.changes });
      if (!this.others.includes(event.author)) this.others.push(event.author);
    }
  }

  /** Whether sending goes on. */
  private async recover(error: unknown, edit: Waiting): Promise<boolean> {
    const refused = error instanceof Refused ? error : new Refused(-1, String(error));
    if (refused.status === 0 || refused.status >= 500) {
      this.saving = "offline";
      this.tell();
      await new Promise((resolve) => setTimeout(resolve, RETRY));
      return true;
    }
    if (refused.status === 401 || refused.status === 403) {
      this.saving = "signedOut";
      this.tell();
      await new Promise((resolve) => setTimeout(resolve, RETRY));
      // Somebody may have logged in again in another tab; the new session has a new token.
      await api.session().catch(() => undefined);
      return true;
    }
    if (refused.status === 409) {
      const missed = refused.body["missed"] as SavedEvent[];
      this.conflict = { fork: String(refused.body["fork"]), authors: [...new Set(missed.map((e) => e.author))] };
      // What follows belongs to the fork, so that nothing of it is lost.
      this.version = this.conflict.fork;
      edit.done.revision = this.revision + 1;
      this.revision = Number(refused.body["revision"]);
      this.waiting.shift();
      this.saving = "saved";
      return true;
    }
    // The server does not take it: go back to what it has, without this and what builds on it.
    const opened = await api.open(this.opened.id, this.version).catch(() => null);
    if (!opened) return true;
    this.saving = "refused";
    this.refusal = refused.message;
    this.waiting = [];
    this.content = opened.content;
    this.revision = opened.revision;
    this.problems = opened.problems;
    this.dones = [];
    this.undone = [];
    for (const event of opened.history) this.remember(event);
    this.tell();
    return false;
  }
}

export function inOrder(a: Mention, b: Mention): number {
  return a.start - b.start || b.end - a.end || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0) || (a.id < b.id ? -1 : 1);
}
