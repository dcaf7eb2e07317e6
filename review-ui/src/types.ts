/** What the server sends and takes; see docs/review.md. Offsets here are code points, half open. */

export type Label =
  | "CITY" | "REGION" | "COUNTRY" | "PERSON" | "ROLE" | "ORGANIZATION" | "EVENT"
  | "DATE" | "COUNT" | "AGREEMENT";

export type RelationLabel =
  | "PARTY" | "SIGNED_ON" | "SIGNED_IN" | "SIGNED_BY" | "HOLDS" | "OFFICE_OF"
  | "COUNTED_ON" | "COUNTED_IN";

export interface Mention {
  id: string;
  label: Label;
  start: number;
  end: number;
  text: string;
  score?: number;
  entity?: string;
  why?: string;
  value?: string | number;
  earliest?: string;
  latest?: string;
  minimum?: number;
  maximum?: number;
  approximate?: boolean;
  unit?: string;
  counted?: string;
  category?: string;
}

export interface Relation {
  id: string;
  label: RelationLabel;
  head: string;
  tail: string;
  score?: number;
  why?: string;
}

export interface Party {
  id: string;
  name: string;
  implied?: boolean;
}

/** A record of any kind; which fields it has is in slots.ts. */
export interface Rec {
  id: string;
  mentions: string[];
  score?: number;
  [field: string]: unknown;
}

export interface Setting {
  id: string;
  value?: string;
}

export type RecordKind = "cities" | "officials" | "organizations" | "agreements" | "counts";
export const RECORD_KINDS: RecordKind[] = ["agreements", "counts", "officials", "organizations", "cities"];

export interface Content {
  mentions: Record<string, Mention>;
  relations: Record<string, Relation>;
  cities: Record<string, Rec>;
  officials: Record<string, Rec>;
  organizations: Record<string, Rec>;
  agreements: Record<string, Rec>;
  counts: Record<string, Rec>;
  settings: Record<string, Setting>;
}
export type Collection = keyof Content;
export type Thing = Mention | Relation | Rec | Setting;

export interface Change {
  on: Collection;
  id: string;
  before: Thing | null;
  after: Thing | null;
}

export interface SavedEvent {
  revision: number;
  author: string;
  at: string;
  kind: string;
  undoes: number | null;
  changes: Change[];
}

export interface Opened {
  id: string;
  version: string;
  kind: string;
  parent: string | null;
  revision: number;
  text: string;
  language: string;
  source: string;
  warnings: { code: string; message: string }[];
  content: Content;
  history: SavedEvent[];
  problems: string[];
}

export interface SessionInfo {
  annotator: string | null;
  csrf: string;
  folder: string;
  out: string | null;
  notices: string[];
  labels: Label[];
  relations: Record<RelationLabel, [Label[], Label[]]>;
  choices: Record<string, string[]>;
}

export interface VersionRow {
  name: string;
  kind: string;
  parent: string | null;
  state: State;
  revision: number;
  updated: string;
  authors: Record<string, number>;
  mentions: number;
  unsure: number;
}

export type State = "new" | "work" | "done" | "disputed";

export interface QueueRow {
  id: string;
  language: string;
  characters: number;
  mentions: number;
  uncertainty: number | null;
  unsure: number;
  state: State;
  versions: VersionRow[];
}

export interface Place {
  kind: "city" | "region" | "country";
  id: string;
  name_en: string;
  name_ru: string | null;
  country: string | null;
  admin1: string | null;
  latitude: number | null;
  longitude: number | null;
  population: number;
}

export interface Difference {
  key: string;
  on: Collection;
  id: string;
  fields: string[];
  first: Thing | null;
  second: Thing | null;
  start: number;
}

export interface Comparison {
  id: string;
  text: string;
  language: string;
  names: [string, string];
  revisions: [number, number];
  states: [State, State];
  first: Content;
  second: Content;
  differences: Difference[];
}
