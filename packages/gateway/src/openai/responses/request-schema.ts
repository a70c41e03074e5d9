import * as v from "valibot";
import { temperature, toolName, topP } from "../../http/chat-fields.ts";
import { count, metadata, modelId, textOrList } from "../fields.ts";
import { toolOf } from "../tool-fields.ts";
import { inputItem } from "./input-schema.ts";

const functionTool = v.object({
  type: v.literal("function"),
  name: toolName,
  description: v.nullish(v.string()),
  parameters: v.nullish(v.record(v.string(), v.unknown())),
});
const functionChoice = v.object({ type: v.literal("function"), name: v.string() });

const toolChoice = v.union(
  [
    v.picklist(["auto", "none", "required"]),
    functionChoice,
    v.object({
      type: v.literal("allowed_tools"),
      mode: v.picklist(["auto", "required"]),
      tools: v.array(toolOf(functionChoice)),
    }),
  ],
  "tool_choice is auto, none, required, a function or allowed_tools",
);

const format = v.variant(
  "type",
  [
    v.object({ type: v.literal("text") }),
    v.object({ type: v.literal("json_object") }),
    v.object({
      type: v.literal("json_schema"),
      name: v.string(),
      description: v.nullish(v.string()),
      schema: v.unknown(),
    }),
  ],
  "text.format is text, json_object or json_schema",
);

/** What would change the answer's meaning where it is left out. */
const refused = (message: string) => v.nullish(v.never(message));

/** The fields of a request for a response that are understood. */
export const responseRequest = v.object({
  model: modelId,
  input: v.pipe(
    textOrList(inputItem, "The input is a text, or a list of items"),
    v.check((value) => value.length > 0, "The input is empty"),
  ),
  instructions: v.nullish(v.string()),
  previous_response_id: v.nullish(v.string()),
  store: v.nullish(v.boolean()),
  stream: v.nullish(v.boolean()),
  max_output_tokens: v.nullish(count),
  temperature,
  top_p: topP,
  reasoning: v.nullish(v.object({ effort: v.nullish(v.string()) })),
  text: v.nullish(v.object({ format: v.nullish(format) })),
  tools: v.nullish(v.array(toolOf(functionTool))),
  tool_choice: v.nullish(toolChoice),
  metadata,
  conversation: refused("There are no conversations here. Send the earlier items, or previous_response_id"),
  prompt: refused("There are no stored prompts here. Send instructions and input"),
});

export type ResponseRequest = v.InferOutput<typeof responseRequest>;
