import { expect, it } from "vitest";
import { ChoiceReader } from "./chat-choice.ts";

const isTool = (name: string): name is string => name !== "";

function callsOf(reason: string, ...deltas: object[][]): unknown[] {
  const reader = new ChoiceReader();
  for (const tool_calls of deltas) reader.accept({ delta: { tool_calls } });
  reader.accept({ delta: {}, finish_reason: reason });
  return reader.end("POST /chat", isTool).toolCalls.map(({ id, name, arguments: given }) => [id, name, given]);
}

const piece = (index: number | undefined, id: string | undefined, name: string | undefined, text: string): object => ({
  index,
  id,
  function: { name, arguments: text },
});

it("keeps calls of one index and different ids apart", () => {
  expect(callsOf("tool_calls", [piece(0, "c1", "a", ""), piece(0, "c2", "b", "")])).toEqual([
    ["c1", "a", {}],
    ["c2", "b", {}],
  ]);
});

it("gives calls in the order of their index, each with an id of its own", () => {
  const deltas = [[piece(1, "c", "b", '{"x":')], [piece(0, "c", "a", "{}")], [piece(1, undefined, undefined, "1}")]];
  expect(callsOf("tool_calls", ...deltas)).toEqual([
    ["c", "a", {}],
    ["call_1", "b", { x: 1 }],
  ]);
});

it("takes arguments that never came for none only where the model ended by itself", () => {
  const call = [piece(0, "c", "a", "")];
  expect(callsOf("stop", call)).toEqual([["c", "a", {}]]);
  expect(() => callsOf("length", call)).toThrow(/tool_call_cut/);
});

it("decodes arguments that are encoded twice, and says of others that they are no object", () => {
  expect(callsOf("tool_calls", [piece(0, "c", "a", JSON.stringify('{"x":1}'))])).toEqual([["c", "a", { x: 1 }]]);
  expect(() => callsOf("tool_calls", [piece(0, "c", "a", "[1]")])).toThrow(/no object \(tool_call_invalid\)/);
});
