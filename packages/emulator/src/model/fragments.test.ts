import fc from "fast-check";
import { expect, it } from "vitest";
import { fragmentsOf, withReasoning } from "./fragments.ts";

it("loses and adds nothing, whatever the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(fragmentsOf(text).flat().join("")).toBe(text);
    }),
  );
});

it("always breaks think tags, and always at the same place for the same text", () => {
  fc.assert(
    fc.property(fc.lorem(), fc.lorem(), (text, reasoning) => {
      const events = fragmentsOf(withReasoning(text, reasoning));
      expect(events.flat().filter((fragment) => /<\/?think>/.test(fragment))).toEqual([]);
      expect(fragmentsOf(withReasoning(text, reasoning))).toEqual(events);
    }),
  );
});

it("puts up to three fragments into one event", () => {
  const sizes = new Set(fragmentsOf("word ".repeat(300)).map(({ length }) => length));
  expect([...sizes].toSorted()).toEqual([1, 2, 3]);
});

it("splits a long text in a time that grows with its length", { timeout: 20_000 }, () => {
  // where the rest is moved after each event this takes minutes
  const text = "word ".repeat(1_000_000);
  expect(fragmentsOf(text).flat().join("")).toBe(text);
});
