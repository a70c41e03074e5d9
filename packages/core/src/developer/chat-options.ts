import * as v from "valibot";
import { defined } from "../options/defined.ts";
import {
  filledList,
  filledText,
  flag,
  jsonFields,
  positiveCount,
  text,
  textThat,
  valueThat,
} from "../options/option-values.ts";
import type { CallOptions } from "../options/options.ts";
import { checkDeveloperCall } from "./check-developer-call.ts";
import type { ChatMessage } from "./developer-messages.ts";
import { checkTools, objectSchema } from "./tool-rules.ts";

/** A function that the model may ask for. */
export interface ChatTool<Name extends string = string> {
  name: Name;
  description?: string | undefined;
  /** A JSON Schema of its arguments. Default: it takes none. */
  parameters?: Record<string, unknown> | undefined;
}

/** Whether a tool is called: as the model sees fit, not at all, one of them, or this one. */
export type ToolChoice<Name extends string = string> = "auto" | "none" | "required" | { name: Name };

/** How a chat is answered. */
export interface ChatOptions<Name extends string = string> extends CallOptions {
  /** One, or several, which are all sent: what the service does with several is its business. Default `gpt-4.1-nano`. */
  model?: string | readonly string[] | undefined;
  /** Lets the model reason before it answers. Default: the service's. */
  thinking?: boolean | undefined;
  /** How many tokens the reasoning may have. */
  thinkingBudgetTokens?: number | undefined;
  /** Lets the service search the web. Default: the service's. */
  webSearch?: boolean | undefined;
  tools?: readonly ChatTool<Name>[] | undefined;
  /** Default: the service's, which is `auto`. */
  toolChoice?: ToolChoice<NoInfer<Name>> | undefined;
  /** Reasoning counts too. A small number cuts calls of tools short, which is an error. */
  maxTokens?: number | undefined;
  temperature?: number | undefined;
  topP?: number | undefined;
  /** Texts at which the answer ends. */
  stop?: string | readonly string[] | undefined;
  /** Merged into the body of the post, over what this SDK puts there. What is undefined is left out. */
  extraBody?: Record<string, unknown> | undefined;
}

const DEFAULT_MODEL = "gpt-4.1-nano";

const texts = filledList(filledText);

const tool: v.GenericSchema<unknown> = v.strictObject({
  name: v.pipe(
    filledText,
    v.check((name) => /^[\w-]{1,64}$/.test(name), "Expected at most 64 letters (a to z), digits, _ and -"),
  ),
  description: v.optional(text),
  parameters: v.optional(objectSchema),
});

/** The end of a line is one. */
const stopSequence = textThat(Boolean);

const entries: v.ObjectEntries = {
  model: v.optional(v.union([filledText, texts], "Expected the id of a model, or a list of them")),
  thinking: v.optional(flag),
  thinkingBudgetTokens: v.optional(positiveCount),
  webSearch: v.optional(flag),
  tools: v.optional(filledList(tool)),
  toolChoice: v.optional(
    v.union(
      [v.picklist(["auto", "none", "required"]), v.strictObject({ name: filledText })],
      'Expected "auto", "none", "required" or { name }',
    ),
  ),
  maxTokens: v.optional(positiveCount),
  temperature: v.optional(valueThat("a number from 0 to 2", (value) => isBetween(value, 0, 2))),
  topP: v.optional(valueThat("a number from 0 to 1", (value) => isBetween(value, 0, 1))),
  stop: v.optional(v.union([stopSequence, filledList(stopSequence)], "Expected a text, or a list of texts")),
  extraBody: v.optional(jsonFields),
};

function isBetween(value: unknown, least: number, most: number): boolean {
  return typeof value === "number" && value >= least && value <= most;
}

/** @throws InvalidArgumentError */
export function checkChat(label: string, options: ChatOptions): void {
  checkDeveloperCall(label, options, entries);
  checkTools(label, options);
}

/** The models that are asked, one at least. */
export function modelsOf({ model = DEFAULT_MODEL }: Pick<ChatOptions, "model">): readonly string[] {
  return typeof model === "string" ? [model] : model;
}

/** The body of the post, by the names of the wire (wire 9). */
export function chatBody(messages: readonly ChatMessage[], options: ChatOptions, stream: boolean): object {
  const { tools, toolChoice, extraBody = {} } = options;
  const fields = {
    models: modelsOf(options),
    messages,
    stream,
    thinking: options.thinking,
    thinking_budget_tokens: options.thinkingBudgetTokens,
    online: options.webSearch,
    tools: tools?.map(({ name, description, parameters = { type: "object", properties: {} } }) => ({
      type: "function",
      function: defined({ name, description, parameters }),
    })),
    tool_choice: typeof toolChoice === "object" ? { type: "function", function: toolChoice } : toolChoice,
    max_tokens: options.maxTokens,
    temperature: options.temperature,
    top_p: options.topP,
    stop: options.stop,
  };
  return { ...defined(fields), ...defined(extraBody) };
}
