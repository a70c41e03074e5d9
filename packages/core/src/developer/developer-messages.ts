import * as v from "valibot";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { describeIssue } from "../options/describe-issue.ts";
import { filledText, text, without } from "../options/option-values.ts";
import { checkPrompt } from "../options/options-check.ts";
import { jsonFault } from "../text/nul-fault.ts";

/** A call of a tool as it stands in a message, in the form of the chat completions API. */
export interface MessageToolCall {
  id: string;
  type: "function";
  function: { name: string; arguments: string };
}

/** A part of a message: text, or a picture by its URL. */
export type ChatMessagePart = { type: "text"; text: string } | { type: "image_url"; image_url: { url: string } };

/** A message, in the form of the chat completions API. */
export type ChatMessage =
  | { role: "system" | "user"; content: string | readonly ChatMessagePart[] }
  | {
      role: "assistant";
      content: string | readonly ChatMessagePart[] | null;
      tool_calls?: readonly MessageToolCall[] | undefined;
    }
  | { role: "tool"; tool_call_id: string; content: string };

/** A message of a knowledge search. */
export interface KnowledgeMessage {
  role: "user" | "assistant";
  content: string;
}

const part: v.GenericSchema<unknown> = v.variant("type", [
  v.looseObject({ type: v.literal("text"), text }),
  v.looseObject({ type: v.literal("image_url"), image_url: v.looseObject({ url: filledText }) }),
]);

const content: v.GenericSchema<unknown> = v.union(
  [text, v.pipe(v.array(part), v.minLength(1))],
  "Expected a text or parts",
);

const toolCall: v.GenericSchema<unknown> = v.looseObject({
  id: filledText,
  type: v.literal("function"),
  function: v.looseObject({ name: filledText, arguments: text }),
});

const chatMessage: v.GenericSchema<unknown> = v.variant("role", [
  v.looseObject({ role: v.literal("system"), content }),
  v.looseObject({ role: v.literal("user"), content }),
  v.looseObject({
    role: v.literal("assistant"),
    content: v.nullable(content),
    tool_calls: v.optional(v.array(toolCall)),
  }),
  v.looseObject({ role: v.literal("tool"), tool_call_id: filledText, content: text }),
]);

const knowledgeMessage: v.GenericSchema<unknown> = v.variant("role", [
  v.looseObject({ role: v.literal("user"), content: text }),
  v.looseObject({ role: v.literal("assistant"), content: text }),
]);

/** A prompt as messages, or the messages that were given. @throws InvalidArgumentError */
export function checkedMessages<M extends ChatMessage | KnowledgeMessage>(
  label: string,
  input: string | readonly M[],
  kind: "chat" | "knowledge",
): readonly (M | { role: "user"; content: string })[] {
  if (!Array.isArray(input)) {
    checkPrompt(label, input);
    return [{ role: "user", content: String(input) }];
  }
  const one = kind === "chat" ? chatMessage : knowledgeMessage;
  const schema = v.pipe(
    v.array(one),
    v.check((all) => all.length > 0, "Expected a message at least"),
    without(jsonFault),
  );
  const result = v.safeParse(schema, input);
  if (!result.success) {
    const hint = kind === "knowledge" ? " A knowledge search takes messages of user and assistant only." : "";
    throw new InvalidArgumentError(`${label}: messages: ${describeIssue(result.issues[0])}.${hint}`);
  }
  return [...input];
}
