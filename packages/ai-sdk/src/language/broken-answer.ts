import type { LanguageModelV4ToolCall } from "@ai-sdk/provider";
import { type ChatOptions, StreamTruncatedError, ToolCallError } from "flowith-webapi/developer";
import { finish, unfinished } from "./developer-finish.ts";
import { type Finish, INTERRUPTED } from "./finish.ts";
import { toolCall } from "./tool-call.ts";

/** An answer that is an error to the client, and a way to finish to the AI SDK. */
export interface BrokenAnswer {
  reasoning: string;
  calls: LanguageModelV4ToolCall[];
  finish: Finish;
  /** One that broke off before its first word is an error here too. */
  needsWords: boolean;
}

/** Undefined where what was thrown is an error to the AI SDK as well. */
export function brokenAnswer(error: unknown, model: ChatOptions["model"]): BrokenAnswer | undefined {
  if (StreamTruncatedError.is(error)) {
    return { reasoning: "", calls: [], finish: unfinished(INTERRUPTED, model), needsWords: true };
  }
  if (!(error instanceof ToolCallError)) return undefined;
  const { output } = error;
  if (error.reason === "tool_call_cut") {
    const ended = finish({ ...output, toolCalls: [] });
    const isTold = ["length", "content-filter"].includes(ended.finishReason.unified);
    return isTold ? { reasoning: output.reasoning, calls: [], finish: ended, needsWords: false } : undefined;
  }
  // The AI SDK tells the model itself what is wrong with a call, or lets its user repair it.
  const calls = (output.message.tool_calls ?? []).map(({ id, function: { name, arguments: text } }) =>
    toolCall(name, text, id),
  );
  const { finishReason, ...rest } = finish(output);
  return {
    reasoning: output.reasoning,
    calls,
    finish: { ...rest, finishReason: { ...finishReason, unified: "tool-calls" } },
    needsWords: false,
  };
}
