import * as v from "valibot";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { describeIssue, whatIsWrongWithOption } from "../options/describe-issue.ts";
import { filledList, filledText, text, without } from "../options/option-values.ts";
import { checkPrompt } from "../options/options-check.ts";
import { jsonFault } from "../text/nul-fault.ts";
import { shown } from "../text/shown.ts";
import { isRecord } from "../wire/parse.ts";
import { isHttpUrl } from "./media-options.ts";
import { messagesFault } from "./message-rules.ts";

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
      /** May be missing beside calls of tools. */
      content?: string | readonly ChatMessagePart[] | null | undefined;
      tool_calls?: readonly MessageToolCall[] | undefined;
    }
  | { role: "tool"; tool_call_id: string; content: string };

/** A message of a knowledge search. */
export interface KnowledgeMessage {
  role: "user" | "assistant";
  content: string;
}

/** By http, or the picture itself, as the chat completions API takes it. */
const pictureUrl = v.pipe(
  filledText,
  v.check(
    (url) => isHttpUrl(url) || /^data:image\/./i.test(url),
    "Expected an http or https URL, or a data:image/ URL",
  ),
);

/** By the value of a field. `variant` of valibot does the same, and costs a page more than all the rest of this file. */
function kinds(field: string, schemas: Readonly<Record<string, v.GenericSchema<unknown>>>): v.GenericSchema<unknown> {
  const known = new Map(Object.entries(schemas));
  const none = v.looseObject({ [field]: v.picklist([...known.keys()]) });
  return v.lazy((input) => (isRecord(input) && known.get(String(input[field]))) || none);
}

const part = kinds("type", {
  text: v.looseObject({ text }),
  image_url: v.looseObject({ image_url: v.looseObject({ url: pictureUrl }) }),
});

const content: v.GenericSchema<unknown> = v.union([text, filledList(part)], "Expected a text or parts");

const toolCall: v.GenericSchema<unknown> = v.looseObject({
  id: filledText,
  type: v.literal("function"),
  function: v.looseObject({ name: filledText, arguments: text }),
});

const said = v.looseObject({ content });

const chatMessage = kinds("role", {
  system: said,
  user: said,
  assistant: v.looseObject({ content: v.nullish(content), tool_calls: v.optional(v.array(toolCall)) }),
  tool: v.looseObject({ tool_call_id: filledText, content: text }),
});

const saidInText = v.looseObject({ content: text });

const knowledgeMessage = kinds("role", { user: saidInText, assistant: saidInText });

/** With the role or type that was given, where there is none such. */
function whatIsWrong(issue: v.BaseIssue<unknown>): string {
  return issue.type === "picklist" && typeof issue.input === "string"
    ? `Expected ${issue.expected}, not ${shown(issue.input)}`
    : whatIsWrongWithOption(issue);
}

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
    throw new InvalidArgumentError(`${label}: messages: ${describeIssue(result.issues[0], whatIsWrong)}.${hint}`);
  }
  const fault = messagesFault(input);
  if (fault !== undefined) throw new InvalidArgumentError(`${label}: messages: ${fault}.`);
  return [...input];
}
