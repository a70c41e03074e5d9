import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Unfenced } from "./json-text.ts";

function unfenced(pieces: readonly string[]): string {
  const reader = new Unfenced();
  return [...pieces.map((piece) => reader.push(piece)), reader.end()].join("");
}

/** Every way to cut a text into three. */
function* cuts(text: string): Generator<string[]> {
  for (let one = 0; one <= text.length; one++)
    for (let two = one; two <= text.length; two++) yield [text.slice(0, one), text.slice(one, two), text.slice(two)];
}

describe("JSON without its code fence", () => {
  it.each([
    ['{"a": 1}', '{"a": 1}'],
    ['```json\n{"a": 1}\n```', '{"a": 1}'],
    ['\n```json\n{"a": 1}\n```\n\n', '{"a": 1}'],
    ['```{"a": 1}```', '{"a": 1}'],
    ['```json {"a": 1}\n```', '{"a": 1}'],
    ["```json\n42\n```", "42"],
    ['{"code": "```sh\\nls\\n```"}', '{"code": "```sh\\nls\\n```"}'],
    ["", ""],
    ['Here you are:\n```json\n{"a": 1}\n```\nEnjoy', '{"a": 1}'],
    ['```json\n{"a": "`"}\n```\nEnjoy', '{"a": "`"}'],
    ['```json\n{"sh": "```\\"x```"}\n``` that', '{"sh": "```\\"x```"}'],
    ["true", "true"],
    ["null", "null"],
    ["- no JSON -", "- no JSON -"],
    ["nothing here", "nothing here"],
    ["tr", "tr"],
    ["Either ```[1]``` or ```[2]```", "Either ```[1]``` or ```[2]```"],
    ["Run ```sh\nls\n``` and get ```[2]```.", "[2]"],
    ["```sh\nls\n```\nand\n```json\n[2]\n```", "[2]"],
    ["```\nls\n```", "```\nls\n```"],
    ["```\n`ls`", "```\n`ls`"],
    ["```json\ntrue\n```", "true"],
    ["I cannot.", "I cannot."],
  ])("of %j is %j, however it comes", (text, expected) => {
    for (const pieces of cuts(text)) expect(unfenced(pieces)).toBe(expected);
  });

  it("is any JSON that stands in a fence or in none", () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.constantFrom("", "```json\n", "```\n"),
        fc.infiniteStream(fc.nat(7)),
        (json, fence, sizes) => {
          const text = `${fence}${json}${fence === "" ? "" : "\n```\n"}`;
          const pieces: string[] = [];
          for (let at = 0; at < text.length; ) {
            const size = Number(sizes.next().value) + 1;
            pieces.push(text.slice(at, at + size));
            at += size;
          }
          expect(unfenced(pieces)).toBe(json.trim());
        },
      ),
    );
  });
});
