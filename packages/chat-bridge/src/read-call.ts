/** A call whose arguments are JSON, or whatever the model wrote in their place, for the caller to repair or refuse. */
export interface WrittenCall {
  type: "call";
  name: string;
  input: string;
}

/** One call, or a list of them, however it is dressed. None where it is something else. */
export function readCalls(text: string): WrittenCall[] {
  const body = text
    .trim()
    .replace(/^```\w*\s*/, "")
    .replace(/\s*```$/, "");
  try {
    return [JSON.parse(body)].flat().flatMap(readCall);
  } catch {
    // Broken JSON that still says which tool was meant.
    const name = /"name"\s*:\s*"([^"\\]+)"/.exec(body)?.[1];
    return name === undefined ? [] : [{ type: "call", name, input: body }];
  }
}

/** `{ name, arguments }`, also with the arguments as a string, under the names that other forms have, or in `function`. */
function readCall(value: unknown): WrittenCall[] {
  if (typeof value !== "object" || value === null) return [];
  const call: Record<string, unknown> = { ...value };
  for (const inner of [call.function, call.tool_call]) {
    if (typeof inner === "object" && inner !== null) return readCall(inner);
  }
  const name = call.name ?? call.tool ?? call.function;
  if (typeof name !== "string" || name === "") return [];
  const input = call.arguments ?? call.parameters ?? call.input ?? call.args ?? {};
  return [{ type: "call", name, input: typeof input === "string" ? input : JSON.stringify(input) }];
}
