import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CallParser, type TextPiece } from "./call-parser.ts";

/** What is read of a text that comes in pieces, words joined. */
function read(pieces: readonly string[], end: "end" | "cut" = "end"): TextPiece[] {
  const parser = new CallParser(["weather"]);
  const found = [...pieces.flatMap((piece) => parser.push(piece)), ...parser[end]()];
  const joined: TextPiece[] = [];
  for (const piece of found) {
    const before = joined.at(-1);
    if (piece.type === "text" && before?.type === "text")
      joined[joined.length - 1] = { type: "text", text: before.text + piece.text };
    else joined.push(piece);
  }
  return joined;
}

const call = '<tool_call>\n{"name": "weather", "arguments": {"city": "Rome"}}\n</tool_call>';
const rome: TextPiece = { type: "call", name: "weather", input: '{"city":"Rome"}' };
const words = (text: string): TextPiece => ({ type: "text", text });

describe("calls in a text", () => {
  it.each<[string, TextPiece[]]>([
    ["No call here: a < b, `code` and <tool>.", [words("No call here: a < b, `code` and <tool>.")]],
    [`Look. ${call} It rains.`, [words("Look."), rome]],
    [call + call, [rome, rome]],
    ["<tool_call>nonsense</tool_call> and more", [words("<tool_call>nonsense</tool_call> and more")]],
    ["<tool_call>nonsense", [words("<tool_call>nonsense")]],
    ['{"name": "weather", "arguments": {"city": "Rome"}}', [rome]],
    ['```json\n{"name": "weather", "arguments": {"city": "Rome"}}\n```', [rome]],
    ['{"name": "else", "arguments": {}}', [words('{"name": "else", "arguments": {}}')]],
    ['{"answer": 42}', [words('{"answer": 42}')]],
    // JSON that is no call, though it has the name of a tool: nothing may run because of it.
    ['{"name": "weather", "version": "1.0.0"}', [words('{"name": "weather", "version": "1.0.0"}')]],
    ['```json\n{"name": "weather"}\n```', [words('```json\n{"name": "weather"}\n```')]],
    [
      '<tool_call>{"name": "weather", "is": 1}</tool_call>',
      [words('<tool_call>{"name": "weather", "is": 1}</tool_call>')],
    ],
    ['<tool_call>{"name": "weather"}</tool_call>', [{ type: "call", name: "weather", input: "{}" }]],
    [
      '```xml\n<tool_call>{"name": "foo"}</tool_call>\n```',
      [words('```xml\n<tool_call>{"name": "foo"}</tool_call>\n```')],
    ],
    ['<tool_call>{"name": "foo"}</tool_call>', [{ type: "call", name: "foo", input: "{}" }]],
    ["Use it so: `<tool_call>` in text.", [words("Use it so: `<tool_call>` in text.")]],
    ["a <tool_call> b", [words("a <tool_call> b")]],
    [`a <tool_call> b ${call}`, [words("a <tool_call> b"), rome]],
    [`{"name": "Ann"}\n${call}`, [words('{"name": "Ann"}'), rome]],
    ["Ends in space. \n", [words("Ends in space. \n")]],
    ["", []],
  ])("of %j", (text, expected) => {
    for (let at = 0; at <= text.length; at++) expect(read([text.slice(0, at), text.slice(at)])).toEqual(expected);
    expect(read([...text])).toEqual(expected);
  });

  it("are none where the text breaks off within one", () => {
    for (let at = "Look. <".length; at < `Look. ${call}`.length - "</tool_call>".length; at++)
      expect(read([`Look. ${call}`.slice(0, at)], "cut")).toEqual([words("Look.")]);
  });

  it("take nothing of a text that breaks off and names no tool", () => {
    const text = '{"name": "Rome", "people": 3';
    for (let at = 0; at <= text.length; at++)
      expect(read([text.slice(0, at), text.slice(at)], "cut")).toEqual([words(text)]);
  });

  it("leave any other text as it is, however it comes", () => {
    const signs = ["<", "<tool_", ">", "`", "```", "```json\n", "{", "}", "[", '"', ":", " ", "\n", "word"];
    const parts = ["<tool_call>", "</tool_call>", '"name"', '"weather"', '{"name": "weather", "is": 1}', call];
    const text = fc.array(fc.constantFrom(...signs, ...parts)).map((chosen) => chosen.join(""));
    fc.assert(
      fc.property(text, fc.infiniteStream(fc.nat(15)), (whole, sizes) => {
        const pieces: string[] = [];
        for (let at = 0; at < whole.length; at += pieces.at(-1)?.length ?? 0)
          pieces.push(whole.slice(at, at + 1 + (sizes.next().value ?? 0)));
        const found = read(pieces);
        expect(found).toEqual(read([whole]));
        if (found.every(({ type }) => type === "text")) expect(found).toEqual(whole === "" ? [] : [words(whole)]);
      }),
      { numRuns: 500 },
    );
  });
});
