import fc from "fast-check";
import { expect, it } from "vitest";
import { jsonText } from "./json-text.ts";

it("is what the value's texts say, each half of a pair that stands alone as U+FFFD", () => {
  const unit = fc.constantFrom("\ud83d", "\ude00", "\\", "u", "d83d", "\n", '"', "é", "😀", "a");
  const text = fc.array(unit, { maxLength: 12 }).map((units) => units.join(""));
  fc.assert(
    fc.property(text, text, (key, value) => {
      const parsed: unknown = JSON.parse(jsonText({ [key]: [value] }));
      expect(parsed).toEqual({ [key.toWellFormed()]: [value.toWellFormed()] });
    }),
    { numRuns: 2_000 },
  );
});
