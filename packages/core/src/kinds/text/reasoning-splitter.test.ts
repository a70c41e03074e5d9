import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ReasoningSplitter, splitReasoning } from "./reasoning-splitter.ts";

function pushAll(fragments: readonly string[]): { text: string; reasoning: string } {
  const splitter = new ReasoningSplitter();
  const parts = [...fragments.map((fragment) => splitter.push(fragment)), splitter.end()];
  return { text: parts.map((part) => part.text).join(""), reasoning: parts.map((part) => part.reasoning).join("") };
}

describe("ReasoningSplitter", () => {
  it.each([
    ["plain", "plain", ""],
    ["<think>why</think>\n\n because", "because", "why"],
    ["<THINK>why</Think>so", "so", "why"],
    ["a <think>b</think> c <think>d</think> e", "a c e", "bd"],
    ["<think>never closed", "", "never closed"],
    ["1 < 2 <thin air", "1 < 2 <thin air", ""],
    ["<think>a < b</think>c", "c", "a < b"],
    ["  lead", "  lead", ""],
    ["</think> alone", "</think> alone", ""],
    ["<think></think>", "", ""],
    ["ends with <thi", "ends with <thi", ""],
    ["İİ<think>aİc</think>xİz<", "İİxİz<", "aİc"],
  ])("splits %j", (whole, text, reasoning) => {
    expect(splitReasoning(whole)).toMatchObject({ text, reasoning });
  });

  it("gives the same whatever the cuts are", () => {
    const piece = fc.constantFrom(
      "<think>",
      "</think>",
      "<THINK>",
      "</ThInK>",
      "<",
      ">",
      "</",
      "think",
      " ",
      "\n",
      "é",
      "日",
      "İ",
      "x",
    );
    const whole = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(whole, fc.array(fc.nat(200)), (text, cuts) => {
        const points = [0, ...cuts.map((cut) => cut % (text.length + 1)), text.length].sort((a, b) => a - b);
        const fragments = points.slice(1).map((end, index) => text.slice(points[index], end));
        const { text: expectedText, reasoning } = splitReasoning(text);
        expect(pushAll(fragments)).toEqual({ text: expectedText, reasoning });
      }),
    );
  });

  it("holds back only what could become a tag", () => {
    const splitter = new ReasoningSplitter();
    expect(splitter.push("Hello <th").text).toBe("Hello ");
    expect(splitter.push("ree").text).toBe("<three");
  });
});
