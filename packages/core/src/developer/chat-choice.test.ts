import { expect, it } from "vitest";
import { ChoiceReader } from "./chat-choice.ts";
import { OfferedTools } from "./offered-tools.ts";

const parameters = { type: "object", properties: { x: { type: "number" } } };
const offered = new OfferedTools([
  ...["a", "b", "add", "get", "get_moon", "dada"].map((name) => ({ name, parameters })),
  { name: "now" },
  { name: "today", parameters: { type: "object", properties: {} } },
]);
const MADE_UP = /^call_\d{3,30}$/;
const madeUp = expect.stringMatching(MADE_UP);

function callsOf(reason: string, ...deltas: object[][]): unknown[] {
  return callsIn(reason, ...deltas.map((tool_calls) => ({ delta: { tool_calls } })));
}

/** Id and name of each, with its arguments or what is wrong with it. */
function callsIn(finish_reason: string, ...choices: object[]): unknown[] {
  const reader = new ChoiceReader(offered);
  for (const choice of choices) reader.accept({ ...choice });
  reader.accept({ delta: {}, finish_reason });
  return reader.end().calls.map((call) => [call.id, call.name, "fault" in call ? call.fault : call.arguments]);
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
    [madeUp, "b", { x: 1 }],
  ]);
});

it("takes arguments that never came for none only where the model ended by itself", () => {
  const call = [piece(0, "c", "a", "")];
  expect(callsOf("stop", call)).toEqual([["c", "a", {}]]);
  expect(callsOf("length", call)).toEqual([["c", "a", "tool_call_cut"]]);
});

it("decodes arguments that are encoded twice, and says of others that they are no object", () => {
  expect(callsOf("tool_calls", [piece(0, "c", "a", JSON.stringify('{"x":1}'))])).toEqual([["c", "a", { x: 1 }]]);
  expect(callsOf("tool_calls", [piece(0, "c", "a", "[1]")])).toEqual([["c", "a", "tool_call_invalid"]]);
});

const nameless = undefined;

it.each<[string, object[][], unknown[]]>([
  [
    "in two deltas",
    [[piece(0, undefined, "a", '{"x":1}')], [piece(0, undefined, "a", '{"x":2}')]],
    [{ x: 1 }, { x: 2 }],
  ],
  ["in one delta, without arguments", [[piece(0, undefined, "a", ""), piece(0, undefined, "a", "")]], [{}, {}]],
  [
    "in pieces",
    [
      [piece(0, undefined, "a", '{"x"')],
      [piece(0, undefined, nameless, ":1}")],
      [piece(0, undefined, "a", '{"x":')],
      [piece(0, undefined, nameless, "2}")],
    ],
    [{ x: 1 }, { x: 2 }],
  ],
])("keeps two calls of one tool apart that have one index and no ids: %s", (_how, deltas, given) => {
  expect(callsOf("tool_calls", ...deltas)).toEqual(given.map((one) => [madeUp, "a", one]));
});

it("joins the pieces of a call that all have its name", () => {
  const deltas = ['{"x":', '{"y":1}', "}", ""].map((text) => [piece(0, undefined, "a", text)]);
  expect(callsOf("tool_calls", ...deltas)).toEqual([[madeUp, "a", { x: { y: 1 } }]]);
});

it.each<[string, object[]]>([
  ["a message", [{ message: { content: null, function_call: { name: "a", arguments: '{"x":1}' } } }]],
  [
    "deltas",
    [
      { delta: { function_call: { name: "a", arguments: "" } } },
      { delta: { function_call: { arguments: '{"x"' } } },
      { delta: { function_call: { arguments: ":1}" } } },
    ],
  ],
])("reads the old function_call of %s as a call of a tool", (_where, choices) => {
  expect(callsIn("function_call", ...choices)).toEqual([[madeUp, "a", { x: 1 }]]);
});

it("takes no function_call beside tool_calls for another call", () => {
  const message = { tool_calls: [piece(0, "c", "a", "{}")], function_call: { name: "a", arguments: "{}" } };
  expect(callsIn("tool_calls", { message })).toEqual([["c", "a", {}]]);
});

it("makes up an id that no other turn has", () => {
  const ids = [1, 2].flatMap(() =>
    callsOf("tool_calls", [piece(0, undefined, "a", "{}"), piece(1, undefined, "b", "{}")]),
  );
  expect(new Set(ids.map((call) => JSON.stringify(call))).size).toBe(4);
});

it.each<[string, object[][], unknown]>([
  ["{} and then whole arguments", [[piece(0, "c", "a", "{}")], [piece(0, "c", nameless, '{"x":1}')]], { x: 1 }],
  [
    "{} and then arguments in pieces",
    [[piece(0, "c", "a", "{}")], [piece(0, nameless, nameless, '{"x"')], [piece(0, nameless, nameless, ":1}")]],
    { x: 1 },
  ],
  ["the whole call once more", [[piece(0, "c", "a", '{"x":1}')], [piece(0, "c", "a", '{"x":1}')]], { x: 1 }],
  [
    "pieces, and then the whole call",
    [[piece(0, "c", "a", '{"x"')], [piece(0, nameless, nameless, ":1}")], [piece(0, "c", "a", '{"x":1}')]],
    { x: 1 },
  ],
  ["{} behind all of it", [[piece(0, "c", "a", '{"x":1}')], [piece(0, "c", "a", "{}")]], { x: 1 }],
  [
    "objects inside of one",
    [[piece(0, "c", "a", '{"x":')], [piece(0, nameless, nameless, '{"y":1}}')]],
    { x: { y: 1 } },
  ],
])("reads %s as one call", (_how, deltas, given) => {
  expect(callsOf("tool_calls", ...deltas)).toEqual([["c", "a", given]]);
});

it("takes the end of arguments that were cut for no call of its own", () => {
  const deltas = [[piece(0, "c", "a", '{"x":')], [piece(0, nameless, nameless, '{"y":1}')]];
  expect(callsOf("tool_calls", ...deltas)).toEqual([["c", "a", "tool_call_cut"]]);
});

it.each(['```json\n{"x":1}\n```', '```\n{"x":1}```', ' ```JSON {"x":1}\n'])(
  "reads arguments in a fence: %j",
  (text) => {
    expect(callsOf("tool_calls", [piece(0, "c", "a", text)])).toEqual([["c", "a", { x: 1 }]]);
  },
);

it.each(["null", '"null"'])("takes %s for no arguments where a tool has none", (text) => {
  for (const name of ["now", "today"])
    expect(callsOf("tool_calls", [piece(0, "c", name, text)])).toEqual([["c", name, {}]]);
  expect(callsOf("tool_calls", [piece(0, "c", "a", text)])).toEqual([["c", "a", "tool_call_invalid"]]);
});

it.each<[string[], string[]]>([
  [["a", "dd"], ["add"]],
  [["a", "d", "d"], ["add"]],
  [["get", "_moon"], ["get_moon"]],
  [["da", "da"], ["dada"]],
  [["get", "get"], ["get"]],
  [
    ["a", "b"],
    ["a", "b"],
  ],
  [["a", "zz"], ["a"]],
])("joins a name in the pieces %j where a tool has it", (names, wanted) => {
  const deltas = [...names.map((name) => [piece(0, undefined, name, "")]), [piece(0, undefined, nameless, "{}")]];
  const calls = callsOf("tool_calls", ...deltas);
  expect(calls.map((call) => Object(call)[1]).filter((name) => offered.allows(name))).toEqual(wanted);
});

it("joins no names that are of two calls", () => {
  const calls = [piece(0, "c1", "a", ""), piece(0, "c2", "dd", "")];
  expect(callsOf("tool_calls", ...calls.map((call) => [call]))).toEqual([
    ["c1", "a", {}],
    ["c2", "dd", "unknown_tool"],
  ]);
});
