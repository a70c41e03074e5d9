import { jsonObject } from "../wire/node-data.ts";
import { isRecord } from "../wire/parse.ts";
import type { ToolCall } from "./chat-answer.ts";
import { cutCause } from "./finish-reason.ts";
import type { FailedToolCall, ToolCallFault } from "./tool-call-error.ts";
import type { CallSoFar } from "./tool-call-pieces.ts";

/** A call whose answer has ended: one that can be given out, or one with what is wrong with it. */
export type EndedToolCall<Name extends string> = ToolCall<Name> | FailedToolCall;

/** Each with an id of its own: it is answered by that. */
export function endedCalls<Name extends string>(
  calls: readonly CallSoFar[],
  finishReason: string | undefined,
  isTool: (name: string) => name is Name,
): EndedToolCall<Name>[] {
  const ids = new Set<string>();
  return calls.map((call, place) => {
    let { id } = call;
    for (let next = place; id === "" || ids.has(id); next++) id = `call_${next}`;
    ids.add(id);
    return endedCall({ ...call, id }, cutCause(finishReason) !== undefined, isTool);
  });
}

function endedCall<Name extends string>(
  { id, name, argumentsText: came }: CallSoFar,
  isCut: boolean,
  isTool: (name: string) => name is Name,
): EndedToolCall<Name> {
  const { value, argumentsText } = parsedArguments(came);
  const failed = (fault: ToolCallFault): FailedToolCall => ({ id, name, argumentsText, fault });
  // Arguments that never came are none only where the model has ended by itself.
  if (value === undefined || name === "" || (isCut && argumentsText.trim() === "")) return failed("tool_call_cut");
  if (!isRecord(value)) return failed("tool_call_invalid");
  return isTool(name) ? { id, name, arguments: value, argumentsText } : failed("unknown_tool");
}

/** Some models encode them twice: that is taken off once. Without a value where they are no JSON. */
function parsedArguments(text: string): { value?: unknown; argumentsText: string } {
  if (text.trim() === "") return { value: {}, argumentsText: text };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "string") return { value, argumentsText: text };
    const inner = jsonObject(value);
    return inner === undefined ? { value, argumentsText: text } : { value: inner, argumentsText: value };
  } catch {
    return { argumentsText: text };
  }
}
