import { createContext } from "preact";
import { useContext, useEffect, useReducer } from "preact/hooks";
import type { Messages, Tongue } from "./messages";
import type { SessionInfo } from "./types";

/** What every part of the page knows. */
export interface Page {
  t: Messages;
  tongue: Tongue;
  session: SessionInfo;
}

export const PageContext = createContext<Page>(null as unknown as Page);

export function usePage(): Page {
  return useContext(PageContext);
}

export function useSubscription(source: { subscribe: (listener: () => void) => () => void } | null): void {
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => source?.subscribe(() => again(0)), [source]);
}

export function fill(message: string, values: Record<string, string>): string {
  return message.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
}

/** Addresses within the page: `#/`, `#/document/ID/VERSION`, `#/compare/ID/A/B`, `#/agreement`. */
export function go(...parts: string[]): void {
  location.hash = `#/${parts.map(encodeURIComponent).join("/")}`;
}

export function where(): string[] {
  return location.hash.replace(/^#\/?/, "").split("/").filter(Boolean).map(decodeURIComponent);
}
