import * as v from "valibot";
import { temperature, toolName, topP } from "../../http/chat-fields.ts";
import { count, modelId, pictureUrl } from "../fields.ts";
import { toolOf } from "../tool-fields.ts";

const text = v.object({ type: v.literal("text"), text: v.string() });
const refusal = v.object({ type: v.literal("refusal"), refusal: v.string() });
const imageUrl = v.object({
  type: v.literal("image_url"),
  image_url: v.object({ url: pictureUrl }),
});
const texts = v.union([v.string(), v.array(text)], "Content is a text, or a list of text parts");
const userContent = v.union(
  [v.string(), v.array(v.variant("type", [text, imageUrl]))],
  "Content is a text, or a list of parts of the types text and image_url",
);
const assistantContent = v.nullish(v.union([v.string(), v.array(v.variant("type", [text, refusal]))]));
const toolCall = v.object({
  id: v.string(),
  function: v.object({ name: v.string(), arguments: v.string() }),
});

const message = v.variant(
  "role",
  [
    v.object({ role: v.picklist(["system", "developer"]), content: texts }),
    v.object({ role: v.literal("user"), content: userContent }),
    v.object({ role: v.literal("assistant"), content: assistantContent, tool_calls: v.nullish(v.array(toolCall)) }),
    v.object({ role: v.literal("tool"), content: texts, tool_call_id: v.string() }),
  ],
  "A message's role is system, developer, user, assistant or tool",
);

const functionTool = v.object({
  type: v.literal("function"),
  function: v.object({
    name: toolName,
    description: v.nullish(v.string()),
    parameters: v.nullish(v.record(v.string(), v.unknown())),
  }),
});
const tool = toolOf(functionTool);
const functionChoice = v.object({ type: v.literal("function"), function: v.object({ name: v.string() }) });
const toolChoice = v.union(
  [
    v.picklist(["auto", "none", "required"]),
    functionChoice,
    v.object({
      type: v.literal("allowed_tools"),
      allowed_tools: v.object({ mode: v.picklist(["auto", "required"]), tools: v.array(toolOf(functionChoice)) }),
    }),
  ],
  "tool_choice is auto, none, required, a function or allowed_tools",
);
const responseFormat = v.variant(
  "type",
  [
    v.object({ type: v.literal("text") }),
    v.object({ type: v.literal("json_object") }),
    v.object({
      type: v.literal("json_schema"),
      json_schema: v.object({ name: v.string(), description: v.nullish(v.string()), schema: v.unknown() }),
    }),
  ],
  "response_format is text, json_object or json_schema",
);

const STOP = "stop is a text, or up to 4 of them, none of them empty";
const stop = v.pipe(
  v.union([v.string(), v.array(v.string())], STOP),
  v.check((value) => value.length > 0 || typeof value !== "string", STOP),
  v.check((value) => typeof value === "string" || (value.length <= 4 && !value.includes("")), STOP),
);

/** The fields of a chat completion's request that are understood. */
export const chatCompletionRequest = v.object({
  model: modelId,
  messages: v.pipe(v.array(message), v.minLength(1, "There is no message")),
  stream: v.nullish(v.boolean()),
  stream_options: v.nullish(v.object({ include_usage: v.nullish(v.boolean()) })),
  n: v.nullish(v.literal(1, "One answer a request")),
  max_tokens: v.nullish(count),
  max_completion_tokens: v.nullish(count),
  temperature,
  top_p: topP,
  stop: v.nullish(stop),
  tools: v.nullish(v.array(tool)),
  tool_choice: v.nullish(toolChoice),
  response_format: v.nullish(responseFormat),
  reasoning_effort: v.nullish(v.string()),
});

export type ChatCompletionRequest = v.InferOutput<typeof chatCompletionRequest>;
