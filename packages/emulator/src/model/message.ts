import * as v from "valibot";

export type Part = { type: "text"; text: string } | { type: "image_url"; image_url: { url: string } };

export interface Message {
  role: "user" | "assistant" | "system";
  content: string | Part[];
}

const part: v.GenericSchema<unknown, Part> = v.variant("type", [
  v.object({ type: v.literal("text"), text: v.string() }),
  v.object({ type: v.literal("image_url"), image_url: v.object({ url: v.string() }) }),
]);

export const messageSchema: v.GenericSchema<unknown, Message> = v.object({
  role: v.picklist(["user", "assistant", "system"]),
  content: v.union([v.string(), v.array(part)]),
});

/** What a message says in words; pictures left out. */
export function textOf(message: Message): string {
  if (typeof message.content === "string") return message.content;
  return message.content
    .map((piece) => (piece.type === "text" ? piece.text : ""))
    .join("\n")
    .trim();
}

export function imageUrlsOf(message: Message): string[] {
  if (typeof message.content === "string") return [];
  return message.content.flatMap((piece) => (piece.type === "image_url" ? [piece.image_url.url] : []));
}
