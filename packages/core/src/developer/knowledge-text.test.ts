import fc from "fast-check";
import { expect, it, onTestFinished, vi } from "vitest";
import { KnowledgeText } from "./knowledge-text.ts";

/** What a reader has who joins deltas, and takes the whole text where one is revised. */
function read(contents: readonly string[]): { text: string; joined: string } {
  const text = new KnowledgeText();
  let joined = "";
  for (const content of contents) {
    const { textDelta, isRevised } = text.push(content);
    joined = isRevised ? text.text : joined + textDelta;
  }
  return { text: text.text, joined };
}

const words = ["The ", "ferry ", "leaves ", "at ", "7:30, ", "and ", "the ", "ferry ", "is ", "the ", "ferry."];
const whole = words.join("");

it.each([
  ["deltas", words],
  ["wholes, each of which begins with the one before", words.map((_, index) => words.slice(0, index + 1).join(""))],
  ["one whole text", [whole]],
  ["one whole text twice", [whole, whole]],
  ["deltas, and then the whole text", [...words, whole]],
  ["deltas of one letter", [...whole]],
  ["deltas with empty ones between", words.flatMap((word) => ["", word, ""])],
])("reads %s", (_form, contents) => {
  expect(read(contents)).toEqual({ text: whole, joined: whole });
});

it("takes a short text that comes twice for two deltas", () => {
  expect(read(["ha", "ha", "!"]).text).toBe("haha!");
});

it.each([
  [["Hello ", "world", "Hello world"], "Hello world"],
  [["Hello ", "world", "Hello world", "Hello world"], "Hello world"],
  [["Hello ", "world", "Hello world", "Hello world!"], "Hello world!"],
  [["ha", "ha", "haha", "!"], "hahahaha!"],
])("takes a short text that all deltas make for the whole one where it is the last: %j", (contents, text) => {
  expect(read(contents)).toEqual({ text, joined: text });
});

it("says when what looked like whole texts turns out to be deltas", () => {
  const text = new KnowledgeText();
  expect(text.push("a")).toEqual({ textDelta: "a", isRevised: false });
  expect(text.push("ab")).toEqual({ textDelta: "b", isRevised: false });
  expect(text.push("c")).toEqual({ textDelta: "", isRevised: true });
  expect(text.text).toBe("aabc");
});

it("gives out the same text to who joins and to who waits, whatever comes", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 20 })), (contents) => {
      const { text, joined } = read(contents);
      expect(joined).toBe(text);
    }),
  );
});

it.each([
  ["deltas", Array.from({ length: 2_000 }, (_, index) => `word ${index} `)],
  ["wholes", Array.from({ length: 300 }, (_, index) => "word ".repeat(index + 1))],
])("compares no more characters than come, whether they are %s", (_form, contents) => {
  let compared = 0;
  const original = String.prototype.startsWith;
  const spy = vi.spyOn(String.prototype, "startsWith").mockImplementation(function (this: string, search, position) {
    compared += Math.min(String(search).length, this.length);
    return original.call(this, search, position);
  });
  onTestFinished(() => spy.mockRestore());
  read(contents);
  expect(compared).toBeLessThanOrEqual(contents.join("").length);
});
