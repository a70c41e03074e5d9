import type { LanguageModelV4Prompt } from "@ai-sdk/provider";

/** Ids of the calls of tools that have an answer in a message of its own. */
export type AnsweredCalls = ReadonlySet<string>;

/**
 * The calls that may be told as calls: a service refuses one without an answer. Such are those that were stopped, and those
 * that another service ran itself, whose answer stands beside them.
 */
export function answeredCalls(prompt: LanguageModelV4Prompt): AnsweredCalls {
  const ids = prompt.flatMap((message) =>
    message.role === "tool"
      ? message.content.flatMap((part) => (part.type === "tool-result" ? [part.toolCallId] : []))
      : [],
  );
  return new Set(ids);
}
