import * as v from "valibot";
import { pictureUrl, textOrList } from "../fields.ts";

const text = v.object({ type: v.picklist(["input_text", "output_text"]), text: v.string() });
const refusal = v.object({ type: v.literal("refusal"), refusal: v.string() });
const image = v.pipe(
  v.object({ type: v.literal("input_image"), image_url: v.nullish(pictureUrl), file_id: v.nullish(v.string()) }),
  v.check((part) => Boolean(part.image_url ?? part.file_id), "A picture has an image_url or a file_id"),
);

const content = textOrList(
  v.variant("type", [text, refusal, image], "A part's type is input_text, output_text, refusal or input_image"),
  "Content is a text, or a list of parts",
);

/** One item of the input; those of an output can be sent back as they are. */
export const inputItem = v.variant(
  "type",
  [
    v.object({
      type: v.optional(v.literal("message"), "message"),
      role: v.picklist(["system", "developer", "user", "assistant"]),
      content,
    }),
    v.object({ type: v.literal("function_call"), call_id: v.string(), name: v.string(), arguments: v.string() }),
    v.object({ type: v.literal("function_call_output"), call_id: v.string(), output: content }),
    /** Calls of tools without a schema, which other models have made: theirs is a text. */
    v.pipe(
      v.object({ type: v.literal("custom_tool_call"), call_id: v.string(), name: v.string(), input: v.string() }),
      v.transform(({ call_id, name, input }) => ({
        type: "function_call" as const,
        call_id,
        name,
        arguments: JSON.stringify({ input }),
      })),
    ),
    v.pipe(
      v.object({ type: v.literal("custom_tool_call_output"), call_id: v.string(), output: content }),
      v.transform((item) => ({ ...item, type: "function_call_output" as const })),
    ),
    /** Said once, and never again: no model here takes its earlier thoughts. */
    v.object({ type: v.literal("reasoning") }),
    v.object({ type: v.literal("item_reference"), id: v.string() }),
  ],
  "An item's type is message, function_call, function_call_output, custom_tool_call, custom_tool_call_output, reasoning or item_reference",
);

export type InputItem = v.InferOutput<typeof inputItem>;
export type InputContent = v.InferOutput<typeof content>;
