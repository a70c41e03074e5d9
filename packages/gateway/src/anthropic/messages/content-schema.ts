import * as v from "valibot";

const text = v.object({ type: v.literal("text"), text: v.string() });
const imageSource = v.variant(
  "type",
  [
    v.object({
      type: v.literal("base64"),
      media_type: v.pipe(v.string(), v.regex(/^image\/[\w+.-]+$/, "A picture's media_type is image/png or another")),
      data: v.pipe(v.string(), v.base64("The data are not base64")),
    }),
    v.object({
      type: v.literal("url"),
      url: v.pipe(v.string(), v.url("The URL is none"), v.regex(/^https?:/i, "A URL begins with https: or http:")),
    }),
  ],
  "A picture's source is of the type base64 or url",
);
const image = v.object({ type: v.literal("image"), source: imageSource });
const searchResult = v.object({
  type: v.literal("search_result"),
  source: v.string(),
  title: v.string(),
  content: v.array(text),
});
const toolReference = v.object({ type: v.literal("tool_reference"), tool_name: v.string() });

/** A text, or a list of blocks. Not a union, which could not say what is wrong within a block. */
function textOr<Block extends v.GenericSchema>(
  block: Block,
): v.LazySchema<v.StringSchema<string> | v.ArraySchema<Block, undefined>> {
  const message = "Expected a text, or a list of blocks";
  return v.lazy((input) => (Array.isArray(input) ? v.array(block) : v.string(message)));
}

const document = v.object({
  type: v.literal("document"),
  title: v.nullish(v.string()),
  context: v.nullish(v.string()),
  source: v.variant(
    "type",
    [
      v.object({ type: v.literal("text"), data: v.string() }),
      v.object({ type: v.literal("content"), content: textOr(v.variant("type", [text, image])) }),
    ],
    "A document's source is of the type text or content here: Flowith's chats read no PDF, so send its text",
  ),
});
const shown = [text, image, document, searchResult] as const;
const shownTypes = "text, image, document, search_result";
const toolResult = v.object({
  type: v.literal("tool_result"),
  tool_use_id: v.pipe(v.string(), v.minLength(1, "It is empty")),
  content: v.nullish(
    textOr(v.variant("type", [...shown, toolReference], `A block here is one of ${shownTypes}, tool_reference`)),
  ),
  is_error: v.nullish(v.boolean()),
});
const userBlock = v.variant("type", [...shown, toolResult], `A user's block is one of ${shownTypes}, tool_result`);

const toolUse = v.object({
  type: v.literal("tool_use"),
  id: v.pipe(v.string(), v.minLength(1, "It is empty")),
  name: v.pipe(v.string(), v.minLength(1, "It is empty")),
  input: v.record(v.string(), v.unknown()),
});
/** What other models have left in a history, such as their thinking, and can be gone on without. */
const leftOut = v.pipe(
  v.object({ type: v.string() }),
  v.transform(({ type }) => ({ type: "left-out" as const, name: type })),
);
const assistantBlock = v.lazy((input) => {
  const type = typeof input === "object" && input !== null && "type" in input ? input.type : undefined;
  if (type === "text") return text;
  return type === "tool_use" ? toolUse : leftOut;
});

export const systemContent = textOr(v.variant("type", [text], "A system block is of the type text"));

export const message = v.variant(
  "role",
  [
    v.object({ role: v.literal("user"), content: textOr(userBlock) }),
    v.object({ role: v.literal("assistant"), content: textOr(assistantBlock) }),
    v.object({ role: v.literal("system"), content: systemContent }),
  ],
  "A message's role is user, assistant or system",
);

export type GivenMessage = v.InferOutput<typeof message>;
export type GivenSystem = v.InferOutput<typeof systemContent>;
export type UserBlock = v.InferOutput<typeof userBlock>;
export type ToolResult = v.InferOutput<typeof toolResult>;
/** What a message or a tool's answer shows. */
export type ShownBlock = Exclude<UserBlock, ToolResult> | v.InferOutput<typeof toolReference>;
export type ImageBlock = v.InferOutput<typeof image>;
