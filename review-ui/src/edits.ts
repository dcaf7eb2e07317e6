import { CORE, NEEDED, nameOf, slotOf } from "./slots";
import type {
  Change, Collection, Content, Label, Mention, Party, Place, Rec, RecordKind, Relation, RelationLabel, Thing,
} from "./types";
import { RECORD_KINDS } from "./types";

/** Which labels a relation may join; the server sends it. */
export type Ends = Record<RelationLabel, [Label[], Label[]]>;

/** Ids that no other annotator makes: letters and digits from the browser's random source. */
export function newId(kind: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return `${kind}:${[...bytes].map((b) => (b % 36).toString(36)).join("")}`;
}

/** The content after changes; the given one stays as it is. */
export function applied(content: Content, changes: Change[]): Content {
  const result = { ...content } as Record<Collection, Record<string, Thing>>;
  const copied = new Set<Collection>();
  for (const change of changes) {
    if (!copied.has(change.on)) {
      result[change.on] = { ...result[change.on] };
      copied.add(change.on);
    }
    if (change.after) result[change.on][change.id] = change.after;
    else delete result[change.on][change.id];
  }
  return result as unknown as Content;
}

export function inverse(changes: Change[]): Change[] {
  return [...changes].reverse().map(({ on, id, before, after }) => ({ on, id, before: after, after: before }));
}

/**
 * An edit in the making: it sees its own changes, and keeps the document whole (no relation without
 * its ends, no record without evidence).
 */
export class Draft {
  content: Content;

  constructor(
    private readonly base: Content,
    private readonly ends: Ends,
    private readonly language: string,
  ) {
    this.content = base;
  }

  put(on: Collection, id: string, after: Thing | null): void {
    const before = (this.content[on] as Record<string, Thing>)[id] ?? null;
    const value = after && (clean(after) as Thing);
    this.content = applied(this.content, [{ on, id, before, after: value }]);
  }

  /** The changes from the content that the draft began with. */
  changes(): Change[] {
    const found: Change[] = [];
    for (const on of Object.keys(this.base) as Collection[]) {
      const [before, after] = [this.base[on], this.content[on]] as Record<string, Thing>[];
      if (before === after) continue;
      for (const id of new Set([...Object.keys(before!), ...Object.keys(after!)])) {
        const [was, is] = [before![id] ?? null, after![id] ?? null];
        if (was !== is && JSON.stringify(was) !== JSON.stringify(is)) found.push({ on, id, before: was, after: is });
      }
    }
    return found;
  }

  addMention(mention: Mention, place?: Place | null): void {
    this.put("mentions", mention.id, mention);
    if (mention.label === "CITY") this.city(mention, place);
    if (mention.label === "ORGANIZATION" && !mention.entity) {
      const id = newId("org");
      this.put("mentions", mention.id, { ...mention, entity: id });
      this.put("organizations", id, { id, mentions: [mention.id], name: mention.text });
    }
    if (mention.label === "AGREEMENT" || mention.label === "COUNT") this.newRecord(mention.id);
  }

  private city(mention: Mention, place?: Place | null): void {
    if (!mention.entity) return;
    const record = this.content.cities[mention.entity];
    if (record) this.cite("cities", record.id, mention.id);
    else {
      this.put("cities", mention.entity, {
        id: mention.entity,
        mentions: [mention.id],
        ...(place
          ? { name_en: place.name_en, name_ru: place.name_ru, country: place.country, latitude: place.latitude, longitude: place.longitude }
          : { [/[А-Яа-яЁё]/.test(mention.text) ? "name_ru" : "name_en"]: mention.text }),
      });
    }
  }

  /** The record that a mention is the core of, if the kind has one: AGREEMENT, COUNT, PERSON, … */
  newRecord(mention: string): string | null {
    const core = this.content.mentions[mention];
    if (!core) return null;
    const common = { mentions: [mention] };
    if (core.label === "AGREEMENT") {
      const id = newId("agreement");
      this.put("agreements", id, { id, ...common, instrument: "agreement", purpose: "other", status: "mentioned" });
      return id;
    }
    if (core.label === "COUNT") {
      const id = newId("count");
      this.put("counts", id, { id, ...common, ...figures(core) });
      return id;
    }
    if (core.label === "ORGANIZATION") {
      const id = core.entity ?? newId("org");
      this.put("mentions", mention, { ...core, entity: id });
      this.put("organizations", id, { id, ...common, name: core.text });
      return id;
    }
    return null;
  }

  removeMention(id: string): void {
    for (const relation of Object.values(this.content.relations)) {
      if (relation.head === id || relation.tail === id) this.put("relations", relation.id, null);
    }
    for (const kind of RECORD_KINDS) {
      for (const record of Object.values(this.content[kind])) if (record.mentions.includes(id)) this.uncite(kind, record.id, id);
    }
    const entity = this.content.mentions[id]?.entity;
    this.put("mentions", id, null);
    this.forget(entity);
  }

  /** Empty the slots that hold the id of something that no mention refers to any more. */
  private forget(entity: string | undefined): void {
    if (!entity || Object.values(this.content.mentions).some((m) => m.entity === entity)) return;
    for (const kind of RECORD_KINDS) {
      for (const record of Object.values(this.content[kind])) {
        const held = ["place", "of", "city"].filter((field) => record[field] === entity);
        const parties = (record["parties"] as Party[] | undefined) ?? [];
        const left = parties.filter((p) => p.id !== entity || p.implied);
        if (!held.length && left.length === parties.length) continue;
        const emptied = Object.fromEntries(held.map((field) => [field, undefined]));
        this.put(kind, record.id, { ...record, ...emptied, ...(left.length === parties.length ? {} : { parties: left }) });
      }
    }
  }

  relabel(id: string, label: Label, fields: Partial<Mention> = {}, place?: Place | null): void {
    const old = this.content.mentions[id];
    if (!old || old.label === label) return;
    for (const kind of RECORD_KINDS) {
      if (!NEEDED[kind].includes(old.label)) continue;
      for (const record of Object.values(this.content[kind])) if (record.mentions.includes(id)) this.uncite(kind, record.id, id);
    }
    this.addMention({ id, label, start: old.start, end: old.end, text: old.text, ...fields }, place);
    this.dropUnfit(id);
    this.forget(old.entity);
  }

  /** Make a mention be just so, whatever it was before. */
  setOrAdd(mention: Mention): void {
    if (!this.content.mentions[mention.id]) return this.addPlain(mention);
    this.put("mentions", mention.id, mention);
    this.dropUnfit(mention.id);
  }

  private addPlain(mention: Mention): void {
    this.put("mentions", mention.id, mention);
    if (mention.label === "CITY") this.city(mention);
  }

  private dropUnfit(id: string): void {
    for (const relation of Object.values(this.content.relations)) {
      if (relation.head !== id && relation.tail !== id) continue;
      const [heads, tails] = this.ends[relation.label];
      const [head, tail] = [this.content.mentions[relation.head], this.content.mentions[relation.tail]];
      if (!head || !tail || !heads.includes(head.label) || !tails.includes(tail.label)) this.put("relations", relation.id, null);
    }
  }

  /** New fields of a mention; what records repeat of them follows. */
  setMention(id: string, fields: Partial<Mention>, place?: Place | null): void {
    const old = this.content.mentions[id];
    if (!old) return;
    const now = accepted({ ...old, ...fields }) as Mention;
    this.put("mentions", id, now);
    if (old.label === "CITY" && old.entity !== now.entity) {
      if (old.entity && this.content.cities[old.entity]) this.uncite("cities", old.entity, id);
      this.city(now, place);
    }
    for (const kind of RECORD_KINDS) {
      for (const record of Object.values(this.content[kind])) {
        if (record.mentions.includes(id)) this.follow(kind, record, old, now);
      }
    }
    if (old.entity !== now.entity) this.forget(old.entity);
  }

  private follow(kind: RecordKind, record: Rec, old: Mention, now: Mention): void {
    let next: Rec = record;
    if (kind === "counts" && now.label === "COUNT") next = { ...record, ...figures(now) };
    const dated = { agreements: "signed", counts: "period", officials: "observed", organizations: "", cities: "" }[kind];
    if (now.label === "DATE" && dated && record[dated] === old.value) next = { ...record, [dated]: now.value };
    if (old.entity !== now.entity && now.entity) {
      for (const field of ["place", "of", "city"]) if (old.entity && next[field] === old.entity) next = { ...next, [field]: now.entity };
      const parties = next["parties"] as Party[] | undefined;
      if (old.entity && parties?.some((p) => p.id === old.entity)) {
        const name = nameOf(this.content, now.entity, this.language);
        next = { ...next, parties: parties.map((p) => (p.id === old.entity ? { ...p, id: now.entity!, name } : p)) };
      }
    }
    if (next !== record) this.setRecord(kind, record.id, next);
  }

  resize(id: string, start: number, end: number, text: string): void {
    const old = this.content.mentions[id];
    if (old && (old.start !== start || old.end !== end)) this.put("mentions", id, accepted({ ...old, start, end, text }));
  }

  setRecord(kind: RecordKind, id: string, fields: Partial<Rec>): void {
    const old = this.content[kind][id];
    if (old) this.put(kind, id, accepted({ ...old, ...fields }));
  }

  cite(kind: RecordKind, id: string, mention: string): void {
    const record = this.content[kind][id];
    if (record && !record.mentions.includes(mention)) this.setRecord(kind, id, { mentions: this.ordered([...record.mentions, mention]) });
  }

  private uncite(kind: RecordKind, id: string, mention: string): void {
    const record = this.content[kind][id];
    if (!record) return;
    const left = record.mentions.filter((m) => m !== mention);
    const whole = NEEDED[kind].every((label) => left.some((m) => this.content.mentions[m]?.label === label));
    if (whole) this.put(kind, id, { ...record, mentions: left });
    else this.put(kind, id, null);
  }

  private ordered(ids: string[]): string[] {
    const start = (id: string): number => this.content.mentions[id]?.start ?? 0;
    return [...ids].sort((a, b) => start(a) - start(b));
  }

  /** Draw an arrow, and fill the slot that says the same. */
  addRelation(label: RelationLabel, head: string, tail: string): void {
    const same = Object.values(this.content.relations).some((r) => r.label === label && r.head === head && r.tail === tail);
    if (!same) {
      const id = newId("r");
      this.put("relations", id, { id, label, head, tail });
    }
    const kind = label.startsWith("COUNTED") ? "counts" : label === "OFFICE_OF" ? "officials" : "agreements";
    if (label === "HOLDS") this.official(head, tail);
    else for (const record of Object.values(this.content[kind])) if (record.mentions.includes(head)) this.fillFrom(kind, record.id, label, tail);
  }

  private fillFrom(kind: RecordKind, id: string, label: RelationLabel, tail: string): void {
    const names: Partial<Record<RelationLabel, string>> = {
      PARTY: "parties", SIGNED_ON: "signed", SIGNED_IN: "place", SIGNED_BY: "signatories",
      OFFICE_OF: "of", COUNTED_ON: "period", COUNTED_IN: "place",
    };
    const slot = names[label];
    if (slot) this.fill(kind, id, slot, tail);
  }

  private official(person: string, role: string): void {
    const [who, title] = [this.content.mentions[person], this.content.mentions[role]];
    if (!who || !title) return;
    const there = Object.values(this.content.officials).some((o) => o.mentions.includes(person) && o.mentions.includes(role));
    if (there) return;
    const id = newId("official");
    this.put("officials", id, { id, mentions: this.ordered([person, role]), name: who.text, office: "other", title: title.text });
    for (const relation of Object.values(this.content.relations)) {
      if (relation.label === "OFFICE_OF" && relation.head === role) this.fill("officials", id, "of", relation.tail);
    }
  }

  /** Fill a slot from a mention: its value, its evidence, and the relation that says the same. */
  fill(kind: RecordKind, id: string, name: string, mention: string): boolean {
    const [record, slot, source] = [this.content[kind][id], slotOf(kind, name), this.content.mentions[mention]];
    if (!record || !slot || !source) return false;
    if (slot.type === "edtf") {
      if (source.label !== "DATE" || source.value === undefined) return false;
      this.setRecord(kind, id, { [name]: source.value });
    } else if (slot.type === "entity") {
      if (!source.entity || !slot.labels.includes(source.label)) return false;
      this.setRecord(kind, id, { [name]: source.entity });
    } else if (slot.type === "parties") {
      if (!source.entity || !slot.labels.includes(source.label)) return false;
      const parties = ((record["parties"] as Party[] | undefined) ?? []).filter((p) => p.id !== source.entity);
      const party = { id: source.entity, name: nameOf(this.content, source.entity, this.language), implied: false };
      this.setRecord(kind, id, { parties: [...parties, party] });
    } else if (slot.type === "names") {
      const names = (record[name] as string[] | undefined) ?? [];
      if (!names.includes(source.text)) this.setRecord(kind, id, { [name]: [...names, source.text] });
    } else if (slot.type === "text") this.setRecord(kind, id, { [name]: source.text });
    else return false;
    this.cite(kind, id, mention);
    const core = record.mentions.find((m) => this.content.mentions[m]?.label === (slot.relation === "OFFICE_OF" ? "ROLE" : CORE[kind]));
    if (slot.relation && core) this.arrow(slot.relation, core, mention);
    return true;
  }

  private arrow(label: RelationLabel, head: string, tail: string): void {
    const [heads, tails] = this.ends[label];
    const labels = [this.content.mentions[head]?.label, this.content.mentions[tail]?.label];
    const there = Object.values(this.content.relations).some((r) => r.label === label && r.head === head && r.tail === tail);
    if (there || !heads.includes(labels[0]!) || !tails.includes(labels[1]!)) return;
    const id = newId("r");
    this.put("relations", id, { id, label, head, tail });
  }

  /** Take the program's word for a record and for what it rests on. */
  acceptRecord(kind: RecordKind, id: string): void {
    const record = this.content[kind][id];
    if (!record) return;
    this.accept(record.mentions);
    this.setRecord(kind, id, {});
  }

  /** Take the program's word for mentions; relations and records follow once all theirs are taken. */
  accept(ids: Iterable<string>): void {
    for (const id of ids) {
      const mention = this.content.mentions[id];
      if (mention && mention.score !== undefined) this.put("mentions", id, accepted(mention));
    }
    const settled = (id: string): boolean => this.content.mentions[id]?.score === undefined;
    for (const relation of Object.values(this.content.relations)) {
      if (relation.score !== undefined && settled(relation.head) && settled(relation.tail)) this.put("relations", relation.id, accepted(relation));
    }
    for (const kind of RECORD_KINDS) {
      for (const record of Object.values(this.content[kind])) {
        if (record.score !== undefined && record.mentions.every(settled)) this.put(kind, record.id, accepted(record));
      }
    }
  }
}

/** A thing that a person answers for: without the program's score and reason. */
export function accepted<T extends Thing>(thing: T): T {
  const { score: _score, why: _why, ...rest } = thing as Record<string, unknown>;
  return rest as T;
}

function figures(mention: Mention): Partial<Rec> {
  const { value, minimum, maximum, approximate, unit, counted, category } = mention;
  return { value, minimum, maximum, approximate: approximate ?? false, unit, counted, category };
}

/** Without absent values, as the server keeps it. */
export function clean<T extends object>(thing: T): T {
  return Object.fromEntries(Object.entries(thing).filter(([, v]) => v !== undefined && v !== null && v !== "")) as T;
}

export function relationsBetween(ends: Ends, head: Label, tail: Label): RelationLabel[] {
  return (Object.keys(ends) as RelationLabel[]).filter((name) => ends[name][0].includes(head) && ends[name][1].includes(tail));
}

export type { Relation };
