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

  it("leave any other text as it is, however it comes", () => {
    const text = fc.array(fc.constantFrom("<", "<tool_", ">", "`", "```", "{", '"name"', " ", "\n", "word"));
    fc.assert(
      fc.property(text, (pieces) => {
        expect(read(pieces)).toEqual(pieces.join("") === "" ? [] : [words(pieces.join(""))]);
      }),
    );
  });
});
