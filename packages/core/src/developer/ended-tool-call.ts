import { jsonObject } from "../wire/node-data.ts";
import { isRecord } from "../wire/parse.ts";
import type { ToolCall } from "./chat-answer.ts";
import { cutCause } from "./finish-reason.ts";
import type { OfferedTools } from "./offered-tools.ts";
import type { FailedToolCall, ToolCallFault } from "./tool-call-error.ts";
import type { CallSoFar } from "./tool-call-pieces.ts";

/** A call whose answer has ended: one that can be given out, or one with what is wrong with it. */
export type EndedToolCall<Name extends string> = ToolCall<Name> | FailedToolCall;

/** Each with an id of its own, also among those of other turns: it is answered by that. */
export function endedCalls<Name extends string>(
  calls: readonly CallSoFar[],
  finishReason: string | undefined,
  tools: OfferedTools<Name>,
): EndedToolCall<Name>[] {
  const ids = new Set<string>();
  return calls.map((call) => {
    const isUsable = call.id !== "" && !ids.has(call.id);
    // Pages on plain `http:` have no `randomUUID`.
    const id = isUsable ? call.id : `call_${crypto.getRandomValues(new Uint32Array(3)).join("")}`;
    ids.add(id);
    return endedCall({ ...call, id }, cutCause(finishReason) !== undefined, tools);
  });
}

function endedCall<Name extends string>(
  { id, name, argumentsText: came }: CallSoFar,
  isCut: boolean,
  tools: OfferedTools<Name>,
): EndedToolCall<Name> {
  const { value, argumentsText } = parsedArguments(came, tools.takesNothing(name));
  const failed = (fault: ToolCallFault): FailedToolCall => ({ id, name, argumentsText, fault });
  // Arguments that never came are none only where the model has ended by itself.
  if (value === undefined || name === "" || (isCut && argumentsText.trim() === "")) return failed("tool_call_cut");
  if (!isRecord(value)) return failed("tool_call_invalid");
  return tools.allows(name) ? { id, name, arguments: value, argumentsText } : failed("unknown_tool");
}

/** Some models encode them twice, or put a fence round them: that is taken off once. Without a value where they are no JSON. */
function parsedArguments(text: string, isNoneTaken: boolean): { value?: unknown; argumentsText: string } {
  if (text.trim() === "") return { value: {}, argumentsText: text };
  const plain = unfenced(text);
  try {
    const value: unknown = JSON.parse(plain);
    if (isNoneTaken && (value === null || value === "null")) return { value: {}, argumentsText: "{}" };
    if (typeof value !== "string") return { value, argumentsText: plain };
    const inner = jsonObject(value);
    return inner === undefined ? { value, argumentsText: plain } : { value: inner, argumentsText: value };
  } catch {
    return { argumentsText: text };
  }
}

/** Without the marks of a block of code in Markdown. */
function unfenced(text: string): string {
  const trimmed = text.trim();
  return trimmed.startsWith("```")
    ? trimmed
        .replace(/^```(?:json)?/i, "")
        .replace(/```$/, "")
        .trim()
    : text;
}
