import { describe, expect, it } from "vitest";
import { applied, Draft, inverse, relationsBetween, type Ends } from "./edits";
import { linesOf, piecesOf, spread, type Piece } from "./lines";
import { Offsets } from "./offsets";
import type { Content, Mention } from "./types";

const PLACES = ["CITY", "REGION", "COUNTRY"];
const ENDS = {
  PARTY: [["AGREEMENT"], [...PLACES, "ORGANIZATION"]],
  SIGNED_ON: [["AGREEMENT"], ["DATE"]],
  SIGNED_IN: [["AGREEMENT"], ["CITY", "ORGANIZATION", "EVENT"]],
  SIGNED_BY: [["AGREEMENT"], ["PERSON"]],
  HOLDS: [["PERSON"], ["ROLE"]],
  OFFICE_OF: [["ROLE"], [...PLACES, "ORGANIZATION"]],
  COUNTED_ON: [["COUNT"], ["DATE"]],
  COUNTED_IN: [["COUNT"], ["CITY", "COUNTRY", "ORGANIZATION", "EVENT"]],
} as Ends;

const content: Content = {
  mentions: {
    m1: { id: "m1", label: "AGREEMENT", start: 0, end: 10, text: "Соглашение", score: 0.7 },
    m2: { id: "m2", label: "DATE", start: 11, end: 15, text: "2002", value: "2002", score: 0.9 },
    m3: { id: "m3", label: "CITY", start: 18, end: 24, text: "Пучоне", entity: "geonames:1838716" },
    m4: { id: "m4", label: "COUNT", start: 26, end: 34, text: "70 детей", value: 70, score: 0.9 },
  },
  relations: { r1: { id: "r1", label: "SIGNED_ON", head: "m1", tail: "m2", score: 0.8 } },
  cities: { "geonames:1838716": { id: "geonames:1838716", mentions: ["m3"], name_ru: "Пучон" } },
  officials: {},
  organizations: {},
  agreements: { a1: { id: "a1", mentions: ["m1", "m2"], instrument: "agreement", signed: "2002", score: 0.7 } },
  counts: { c1: { id: "c1", mentions: ["m4"], value: 70, score: 0.9 } },
  settings: { state: { id: "state", value: "new" } },
};
const draft = (): Draft => new Draft(content, ENDS, "ru");

describe("an edit", () => {
  it("and its inverse leave what was there", () => {
    const one = draft();
    one.removeMention("m2");
    one.setMention("m4", { value: 71 });
    const changes = one.changes();
    expect(applied(applied(content, changes), inverse(changes))).toEqual(content);
  });

  it("that removes a mention removes what rests on it, and keeps the rest", () => {
    const one = draft();
    one.removeMention("m2");
    expect(one.content.relations).toEqual({});
    expect(one.content.agreements["a1"]!.mentions).toEqual(["m1"]);
    one.removeMention("m1");
    expect(one.content.agreements).toEqual({});
  });

  it("that removes the last mention of a place empties the slots that hold it", () => {
    const one = draft();
    one.fill("agreements", "a1", "place", "m3");
    one.addRelation("PARTY", "m1", "m3");
    one.removeMention("m3");
    expect(one.content.cities).toEqual({});
    expect(one.content.agreements["a1"]!["place"]).toBeUndefined();
    expect(one.content.agreements["a1"]!["parties"]).toEqual([]);
  });

  it("that removes a role removes the official who held it", () => {
    const held: Content = {
      ...content,
      mentions: {
        p: { id: "p", label: "PERSON", start: 0, end: 1, text: "А" },
        r: { id: "r", label: "ROLE", start: 2, end: 3, text: "Б" },
      },
      relations: {}, agreements: {}, counts: {}, cities: {},
    };
    const one = new Draft(held, ENDS, "ru");
    one.addRelation("HOLDS", "p", "r");
    expect(Object.values(one.content.officials)).toMatchObject([{ name: "А", title: "Б", mentions: ["p", "r"] }]);
    one.relabel("r", "EVENT");
    expect(one.content.officials).toEqual({});
  });

  it("of a value is followed by the records that repeat it", () => {
    const one = draft();
    one.setMention("m2", { value: "2002-07-15", earliest: "2002-07-15", latest: "2002-07-15" });
    one.setMention("m4", { value: 71 });
    expect(one.content.agreements["a1"]!["signed"]).toBe("2002-07-15");
    expect(one.content.counts["c1"]!["value"]).toBe(71);
    expect(one.content.mentions["m2"]!.score).toBeUndefined();
  });

  it("that relabels drops relations that the label does not allow", () => {
    const one = draft();
    one.relabel("m2", "EVENT");
    expect(one.content.relations).toEqual({});
    expect(one.content.mentions["m2"]).toEqual({ id: "m2", label: "EVENT", start: 11, end: 15, text: "2002" });
  });

  it("that draws an arrow fills the slot that says the same", () => {
    const one = draft();
    one.addRelation("PARTY", "m1", "m3");
    expect(one.content.agreements["a1"]).toMatchObject({
      parties: [{ id: "geonames:1838716", name: "Пучон" }],
      mentions: ["m1", "m2", "m3"],
    });
  });

  it("that fills a slot draws the arrow that says the same, once", () => {
    const one = draft();
    expect(one.fill("agreements", "a1", "place", "m3")).toBe(true);
    expect(one.fill("agreements", "a1", "place", "m3")).toBe(true);
    expect(Object.values(one.content.relations).map((r) => r.label)).toEqual(["SIGNED_ON", "SIGNED_IN"]);
  });

  it("does not fill a slot with what cannot support it", () => {
    expect(draft().fill("agreements", "a1", "signed", "m3")).toBe(false);
  });

  it("that accepts all of a record's mentions accepts the record", () => {
    const one = draft();
    one.accept(["m1"]);
    expect(one.content.agreements["a1"]!.score).toBe(0.7);
    one.accept(["m2"]);
    expect(one.content.agreements["a1"]!.score).toBeUndefined();
    expect(one.content.relations["r1"]!.score).toBeUndefined();
  });

  it("that changes nothing has no changes", () => {
    const one = draft();
    one.setMention("m3", { entity: "geonames:1838716" });
    one.accept(["m3"]);
    expect(one.changes()).toEqual([]);
  });
});

it("relations are those that both labels allow", () => {
  expect(relationsBetween(ENDS, "COUNT", "CITY")).toEqual(["COUNTED_IN"]);
  expect(relationsBetween(ENDS, "CITY", "COUNT")).toEqual([]);
});

describe("a line", () => {
  const told = (pieces: Piece[]): string =>
    pieces.map((p) => (typeof p === "string" ? p : `[${p.span.mention.id} ${told(p.pieces)}]`)).join("");
  const cut = (text: string, ...spans: [string, number, number][]): string[] => {
    const lines = linesOf(text);
    const mentions = spans.map(([id, start, end]) => ({ id, label: "CITY", start, end, text: "" }) as Mention);
    return spread(lines, mentions, new Offsets(text)).map((on, index) => told(piecesOf(lines[index]!, on)));
  };
  it.each([
    ["nested", "ab cd", [["o", 0, 5], ["i", 3, 5]], ["[o ab [i cd]]"]],
    ["over a line end", "ab\ncd", [["o", 1, 4]], ["a[o b]", "[o c]d"]],
    ["crossing", "abcd", [["x", 0, 3], ["y", 2, 4]], ["[x ab[y c]][y d]"]],
    ["after an emoji", "🏙 ab", [["o", 2, 4]], ["🏙 [o ab]"]],
    ["twice the same", "ab", [["x", 0, 2], ["y", 0, 2]], ["[x [y ab]]"]],
  ] as [string, string, [string, number, number][], string[]][])("with mentions %s", (_, text, spans, expected) => {
    expect(cut(text, ...spans)).toEqual(expected);
  });
});
