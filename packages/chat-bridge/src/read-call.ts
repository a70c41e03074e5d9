/** A call whose arguments are JSON, or whatever the model wrote in their place, for the caller to repair or refuse. */
export interface WrittenCall {
  type: "call";
  name: string;
  input: string;
}

/** Under these names models write the arguments of a call. */
const ARGUMENTS = ["arguments", "parameters", "input", "args"] as const;
/** What a call may have beside its name and arguments. Anything else makes it some other object. */
const CALL_KEYS: ReadonlySet<string> = new Set([...ARGUMENTS, "name", "tool", "function", "type", "id"]);
const BROKEN = /"name"\s*:\s*"([^"\\]+)"/;
const BROKEN_ARGUMENTS = new RegExp(`"(?:${ARGUMENTS.join("|")})"\\s*:`);

/**
 * One call, or a list of them, however it is dressed. None where any of it is something else.
 * @param needsArguments whether a name alone is no call either
 */
export function readCalls(text: string, { needsArguments }: { needsArguments: boolean }): WrittenCall[] {
  const body = text
    .trim()
    .replace(/^```\w*\s*/, "")
    .replace(/\s*```$/, "");
  try {
    const calls = [JSON.parse(body)].flat().map((value) => readCall(value, needsArguments));
    return calls.includes(undefined) ? [] : calls.filter((call) => call !== undefined);
  } catch {
    // Broken JSON that still says which tool was meant, and with what.
    const name = BROKEN.exec(body)?.[1];
    return name !== undefined && BROKEN_ARGUMENTS.test(body) ? [{ type: "call", name, input: body }] : [];
  }
}

/** `{ name, arguments }`, also with the arguments as a string, under the names that other forms have, or in `function`. */
function readCall(value: unknown, needsArguments: boolean): WrittenCall | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const call: Record<string, unknown> = { ...value };
  for (const inner of [call.function, call.tool_call]) {
    if (typeof inner === "object" && inner !== null) return readCall(inner, needsArguments);
  }
  const name = call.name ?? call.tool ?? call.function;
  if (typeof name !== "string" || name === "") return undefined;
  const key = ARGUMENTS.find((one) => one in call);
  const isCall = key === undefined ? !needsArguments && Object.keys(call).every((one) => CALL_KEYS.has(one)) : true;
  if (!isCall) return undefined;
  const input = (key === undefined ? undefined : call[key]) ?? {};
  return { type: "call", name, input: typeof input === "string" ? input : JSON.stringify(input) };
}
