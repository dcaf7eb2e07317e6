import type { Content, Label, Mention, Rec, RecordKind, RelationLabel } from "./types";

/**
 * The slots of each record: how each is edited, which mentions can support it, and which relation
 * says the same. `entity` holds the id of something mentioned, `parties` a list of these.
 */
export interface Slot {
  name: string;
  type: "text" | "choice" | "edtf" | "entity" | "parties" | "names" | "number" | "flag";
  labels: Label[];
  relation?: RelationLabel;
  choice?: string;
}

const PLACES: Label[] = ["CITY", "REGION", "COUNTRY"];

export const SLOTS: Record<RecordKind, Slot[]> = {
  agreements: [
    { name: "instrument", type: "choice", choice: "instrument", labels: ["AGREEMENT"] },
    { name: "purpose", type: "choice", choice: "purpose", labels: ["AGREEMENT"] },
    { name: "status", type: "choice", choice: "status", labels: ["AGREEMENT"] },
    { name: "parties", type: "parties", labels: [...PLACES, "ORGANIZATION"], relation: "PARTY" },
    { name: "subject", type: "text", labels: [] },
    { name: "signed", type: "edtf", labels: ["DATE"], relation: "SIGNED_ON" },
    { name: "place", type: "entity", labels: ["CITY", "ORGANIZATION", "EVENT"], relation: "SIGNED_IN" },
    { name: "signatories", type: "names", labels: ["PERSON"], relation: "SIGNED_BY" },
  ],
  counts: [
    { name: "value", type: "number", labels: ["COUNT"] },
    { name: "minimum", type: "number", labels: ["COUNT"] },
    { name: "maximum", type: "number", labels: ["COUNT"] },
    { name: "approximate", type: "flag", labels: ["COUNT"] },
    { name: "unit", type: "text", labels: ["COUNT"] },
    { name: "counted", type: "text", labels: ["COUNT"] },
    { name: "category", type: "choice", choice: "category", labels: ["COUNT"] },
    { name: "action", type: "text", labels: [] },
    { name: "place", type: "entity", labels: ["CITY", "COUNTRY", "ORGANIZATION", "EVENT"], relation: "COUNTED_IN" },
    { name: "period", type: "edtf", labels: ["DATE"], relation: "COUNTED_ON" },
    { name: "cumulative", type: "flag", labels: [] },
  ],
  officials: [
    { name: "name", type: "text", labels: ["PERSON"] },
    { name: "office", type: "choice", choice: "office", labels: ["ROLE"] },
    { name: "title", type: "text", labels: ["ROLE"] },
    { name: "of", type: "entity", labels: [...PLACES, "ORGANIZATION"], relation: "OFFICE_OF" },
    { name: "observed", type: "edtf", labels: ["DATE"] },
  ],
  organizations: [
    { name: "name", type: "text", labels: ["ORGANIZATION"] },
    { name: "aliases", type: "names", labels: ["ORGANIZATION"] },
    { name: "city", type: "entity", labels: ["CITY"] },
  ],
  cities: [
    { name: "name_en", type: "text", labels: ["CITY"] },
    { name: "name_ru", type: "text", labels: ["CITY"] },
    { name: "country", type: "text", labels: ["CITY"] },
    { name: "latitude", type: "number", labels: ["CITY"] },
    { name: "longitude", type: "number", labels: ["CITY"] },
  ],
};

/** The label of the mentions that a record is about. */
export const CORE: Record<RecordKind, Label> = {
  agreements: "AGREEMENT",
  counts: "COUNT",
  officials: "PERSON",
  organizations: "ORGANIZATION",
  cities: "CITY",
};

/** What a record cannot be without: one mention at least of each of these labels. */
export const NEEDED: Record<RecordKind, Label[]> = {
  agreements: ["AGREEMENT"],
  counts: ["COUNT"],
  officials: ["PERSON", "ROLE"],
  organizations: ["ORGANIZATION"],
  cities: ["CITY"],
};

export function slotOf(kind: RecordKind, name: string): Slot | undefined {
  return SLOTS[kind].find((slot) => slot.name === name);
}

export function isFilled(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}

/** The mentions among a record's evidence that support one of its slots. */
export function evidence(content: Content, record: Rec, slot: Slot): string[] {
  const cited = record.mentions.map((id) => content.mentions[id]).filter((m): m is Mention => !!m);
  const fitting = cited.filter((m) => slot.labels.includes(m.label));
  const value = record[slot.name];
  if (!isFilled(value)) return [];
  let exact: Mention[] = fitting;
  if (slot.type === "entity") exact = fitting.filter((m) => m.entity === value);
  if (slot.type === "parties") {
    const ids = new Set((value as { id: string }[]).map((party) => party.id));
    exact = fitting.filter((m) => m.entity && ids.has(m.entity));
  }
  if (slot.type === "edtf") exact = fitting.filter((m) => m.value === value);
  return (exact.length ? exact : slot.type === "entity" || slot.type === "parties" ? [] : fitting).map((m) => m.id);
}

/** What an id refers to, as a person would say it. */
export function nameOf(content: Content, id: string, language: string): string {
  const city = content.cities[id];
  if (city) {
    const names = language === "ru" ? [city["name_ru"], city["name_en"]] : [city["name_en"], city["name_ru"]];
    const found = names.find(isFilled);
    if (found) return String(found);
  }
  const body = content.organizations[id];
  if (body && isFilled(body["name"])) return String(body["name"]);
  for (const key in content.mentions) {
    const mention = content.mentions[key]!;
    if (mention.entity === id) return mention.text;
  }
  return id;
}

/** Everything that the document's mentions of some labels refer to: id and name, by name. */
export function entities(content: Content, labels: Label[], language: string): [string, string][] {
  const ids = new Set<string>();
  for (const key in content.mentions) {
    const mention = content.mentions[key]!;
    if (mention.entity && labels.includes(mention.label)) ids.add(mention.entity);
  }
  return [...ids].map((id): [string, string] => [id, nameOf(content, id, language)]).sort((a, b) => a[1].localeCompare(b[1]));
}
