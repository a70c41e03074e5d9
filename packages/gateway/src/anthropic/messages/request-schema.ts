import * as v from "valibot";
import { temperature, toolName, topP } from "../../http/chat-fields.ts";
import { message, systemContent } from "./content-schema.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(1));

/** One of the caller's own, or by its `type` one of Anthropic's, which has no schema. */
const tool = v.lazy((input) => {
  const type = typeof input === "object" && input !== null && "type" in input ? input.type : undefined;
  return typeof type === "string" && type !== "custom" ? builtInTool : customTool;
});
const customTool = v.object({
  type: v.optional(v.nullish(v.literal("custom"))),
  name: toolName,
  description: v.nullish(v.string()),
  input_schema: v.record(v.string(), v.unknown()),
});
const builtInTool = v.object({ type: v.string() });

const toolChoice = v.variant(
  "type",
  [
    v.object({ type: v.picklist(["auto", "any"]), disable_parallel_tool_use: v.nullish(v.boolean()) }),
    v.object({ type: v.literal("none") }),
    v.object({ type: v.literal("tool"), name: v.string(), disable_parallel_tool_use: v.nullish(v.boolean()) }),
  ],
  "tool_choice is of the type auto, any, tool or none",
);
const jsonFormat = v.object({
  type: v.literal("json_schema", "A format is of the type json_schema"),
  schema: v.record(v.string(), v.unknown()),
});

const thread = v.variant(
  "type",
  [v.object({ type: v.literal("create") }), v.object({ type: v.literal("continue"), previous_message_id: v.string() })],
  "thread is of the type create or continue",
);

/** The fields of a message's request that are understood. */
export const messageRequest = v.object({
  model: v.pipe(v.string(), v.minLength(1, "A model's id is missing")),
  messages: v.pipe(v.array(message), v.minLength(1, "There is no message")),
  max_tokens: count,
  system: v.nullish(systemContent),
  stream: v.nullish(v.boolean()),
  stop_sequences: v.nullish(v.array(v.pipe(v.string(), v.minLength(1, "A stop sequence is empty")))),
  temperature,
  top_p: topP,
  thinking: v.nullish(v.object({ type: v.string(), budget_tokens: v.nullish(count), display: v.nullish(v.string()) })),
  tools: v.nullish(v.array(tool)),
  tool_choice: v.nullish(toolChoice),
  thread: v.nullish(thread),
  output_config: v.nullish(v.object({ effort: v.nullish(v.string()), format: v.nullish(jsonFormat) })),
});

export type MessageRequest = v.InferOutput<typeof messageRequest>;
