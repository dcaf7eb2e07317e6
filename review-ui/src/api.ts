import type { Comparison, Mention, Opened, Place, QueueRow, SavedEvent, SessionInfo, Change } from "./types";

/** An answer that is no success; `status` 0 means that nothing answered. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly body: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

let csrf = "";

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const options: RequestInit = { credentials: "same-origin", cache: "no-store" };
  if (body !== undefined) {
    options.method = "POST";
    options.headers = { "content-type": "application/json", "x-csrf-token": csrf };
    options.body = JSON.stringify(body);
  }
  let answer: Response;
  try {
    answer = await fetch(`/api${path}`, options);
  } catch {
    throw new Refused(0, "offline");
  }
  const told = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
  if (!answer.ok) throw new Refused(answer.status, String(told["error"] ?? answer.statusText), told);
  return told as T;
}

const query = (values: Record<string, string>): string => new URLSearchParams(values).toString();

export async function session(annotator?: string): Promise<SessionInfo> {
  const found = await ask<SessionInfo>("/session", annotator === undefined ? undefined : { annotator });
  csrf = found.csrf;
  return found;
}

export const queue = (): Promise<QueueRow[]> => ask("/queue");

export const open = (document: string, version: string): Promise<Opened> =>
  ask(`/version?${query({ document, version })}`);

export interface Saved {
  event: SavedEvent;
  missed: SavedEvent[];
  problems: string[];
}

export const save = (
  document: string,
  version: string,
  edit: { base: number; kind: string; undoes: number | null; changes: Change[] },
): Promise<Saved> => ask(`/version?${query({ document, version })}`, edit);

export const fileAddress = (document: string, version: string): string =>
  `/api/file?${query({ document, version })}`;

export interface Dated {
  value: string;
  fault?: string;
  earliest?: string | null;
  latest?: string | null;
}

export const edtf = (value: string): Promise<Dated> => ask(`/edtf?${query({ value })}`);

export const places = (q: string, label: string): Promise<Place[]> => ask(`/places?${query({ q, label })}`);

export const suggest = (
  label: string,
  text: string,
  language: string,
  reference: string,
): Promise<Partial<Mention> & { place?: Place }> =>
  ask(`/suggest?${query({ label, text, language, reference })}`);

export const compare = (document: string, first: string, second: string): Promise<Comparison> =>
  ask(`/compare?${query({ document, first, second })}`);

export const adjudicate = (document: string, first: string): Promise<{ version: string }> =>
  ask(`/adjudicate?${query({ document })}`, { first });

export interface AgreementRow {
  label: string;
  first: number;
  second: number;
  strict: number | null;
  overlap: number | null;
  values: number | null;
  alpha: number | null;
}

export const agreement = (
  first: string,
  second: string,
): Promise<{ documents: string[]; rows: AgreementRow[] }> => ask(`/agreement?${query({ first, second })}`);

export const exportAll = (): Promise<{ written: string[]; left_out: string[] }> => ask("/export", {});
