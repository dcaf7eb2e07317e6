import { describe, expect, it } from "vitest";
import { Offsets, trimmed } from "./offsets";

const TEXTS = [
  "Хабаровск",
  "город 🏙 Ниигата",
  "👩‍👩‍👧 семья",
  "Й из двух знаков: Й, и́",
  "𝒳𝒴𝒵",
  "🏙",
  "",
  "a🏙b🏙c",
];

describe("offsets", () => {
  it.each(TEXTS)("count code points as Python does in %j", (text) => {
    const offsets = new Offsets(text);
    const points = [...text];
    expect(offsets.points).toBe(points.length);
    let unit = 0;
    points.forEach((point, index) => {
      expect(offsets.toUnits(index)).toBe(unit);
      expect(offsets.toPoints(unit)).toBe(index);
      unit += point.length;
    });
    expect(offsets.toUnits(points.length)).toBe(text.length);
    expect(offsets.toPoints(text.length)).toBe(points.length);
  });

  it("keep to the text", () => {
    const offsets = new Offsets("a🏙");
    expect(offsets.toUnits(99)).toBe(3);
    expect(offsets.toPoints(-1)).toBe(0);
  });
});

describe("a selection", () => {
  it.each([
    [" Псков ", 0, 7, [1, 6]],
    ["Псков", 5, 0, [0, 5]],
    ["   ", 0, 3, [3, 3]],
    ["a🏙b", 2, 4, [1, 4]],
    ["a🏙b", 0, 2, [0, 3]],
    ["И\u0306од", 0, 1, [0, 2]],
  ] as [string, number, number, [number, number]][])(
    "of %j from %i to %i is %j",
    (text, start, end, expected) => {
      expect(trimmed(text, start, end)).toEqual(expected);
    },
  );
});
