import type { ChatMessage, ChatMessagePart } from "flowith-webapi/developer";
import { fileUrl } from "../files/file-id.ts";
import type { InputContent, InputItem } from "./input-schema.ts";

type GivenItem = Exclude<InputItem, { type: "item_reference" }>;

/**
 * Items as messages: calls belong to the assistant's message before them. Pictures that tools gave come in a message of the
 * user's behind all answers of tools, since those are texts.
 */
export function inputMessages(items: readonly GivenItem[]): ChatMessage[] {
  const messages: ChatMessage[] = [];
  let shown: ChatMessagePart[] = [];
  const show = (): void => {
    if (shown.length > 0) messages.push({ role: "user", content: shown });
    shown = [];
  };
  for (const item of items) {
    if (item.type === "reasoning") continue;
    if (item.type === "function_call_output") {
      const parts = partsOf(item.output);
      messages.push({ role: "tool", tool_call_id: item.call_id, content: textOf(parts) });
      shown.push(...parts.filter(({ type }) => type === "image_url"));
      continue;
    }
    show();
    if (item.type === "function_call") addCall(messages, item);
    else if (item.role === "user") messages.push({ role: "user", content: contentOf(item.content) });
    else {
      const role = item.role === "assistant" ? "assistant" : "system";
      messages.push({ role, content: textOf(partsOf(item.content)) });
    }
  }
  show();
  return messages;
}

function addCall(
  messages: ChatMessage[],
  { call_id: id, name, arguments: text }: Extract<InputItem, { type: "function_call" }>,
): void {
  const call = { id, type: "function" as const, function: { name, arguments: text } };
  const before = messages.at(-1);
  if (before?.role === "assistant") before.tool_calls = [...(before.tool_calls ?? []), call];
  else messages.push({ role: "assistant", content: null, tool_calls: [call] });
}

function contentOf(content: InputContent): string | ChatMessagePart[] {
  return typeof content === "string" ? content : partsOf(content);
}

function partsOf(content: InputContent): ChatMessagePart[] {
  if (typeof content === "string") return [{ type: "text", text: content }];
  return content.map((part) => {
    if (part.type === "refusal") return { type: "text", text: part.refusal };
    if (part.type !== "input_image") return { type: "text", text: part.text };
    return { type: "image_url", image_url: { url: part.image_url ?? fileUrl(part.file_id ?? "") } };
  });
}

function textOf(parts: readonly ChatMessagePart[]): string {
  return parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n\n");
}
