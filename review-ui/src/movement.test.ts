import { describe, expect, it } from "vitest";
import { bordersMoved, selectionMoved } from "./movement";
import { wordsOf } from "./text";

const TEXT = "Мэр города Псков\n\nСоглашение 🏙 от 2002";
const WORDS = wordsOf(TEXT);
const words = (span: [number, number] | undefined): string | undefined => span && TEXT.slice(...span);
const at = (surface: string): [number, number] => [TEXT.indexOf(surface), TEXT.indexOf(surface) + surface.length];

describe("an arrow key", () => {
  it.each([
    [null, "ArrowRight", "", "Мэр"],
    ["Мэр", "ArrowRight", "", "города"],
    ["города", "ArrowLeft", "", "Мэр"],
    ["Мэр", "ArrowLeft", "", undefined],
    ["Псков", "ArrowRight", "", "Соглашение"],
    ["Соглашение", "ArrowRight", "", "🏙"],
    ["Мэр", "ArrowRight", "S", "Мэр города"],
    ["Мэр города", "ArrowLeft", "S", "Мэр"],
    ["Мэр", "ArrowLeft", "S", "Мэр"],
    ["Псков", "ArrowLeft", "SA", "Пско"],
    ["от", "ArrowRight", "SA", "от "],
    ["города", "ArrowDown", "", "Соглашение"],
    ["от", "ArrowUp", "", "Мэр"],
    ["Мэр", "ArrowUp", "", undefined],
  ] as [string | null, string, string, string | undefined][])(
    "from %j by %s %s selects %j",
    (from, key, held, expected) => {
      const pressed = { key, shiftKey: held.includes("S"), altKey: held.includes("A") };
      expect(words(selectionMoved(TEXT, WORDS, from === null ? null : at(from), 0, pressed))).toBe(expected);
    },
  );
});

describe("a border", () => {
  it.each([
    ["города", "start", -1, false, "Мэр города"],
    ["Мэр города", "start", 1, false, "города"],
    ["города", "end", 1, false, "города Псков"],
    ["города Псков", "end", -1, false, "города"],
    ["Псков", "end", -1, true, "Пско"],
    ["Псков", "start", 1, false, "в"],
  ] as [string, "start" | "end", 1 | -1, boolean, string][])("of %j: %s by %i is %j", (from, side, by, letter, expected) => {
    expect(words(bordersMoved(WORDS, at(from), side, by, letter))).toBe(expected);
  });
});
