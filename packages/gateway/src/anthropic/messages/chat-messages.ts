import type { ChatMessage, ChatMessagePart } from "flowith-webapi/developer";
import type { GivenMessage, GivenSystem, ImageBlock, ShownBlock, ToolResult, UserBlock } from "./content-schema.ts";

/** Messages as backends take them. What an assistant's message has beside words and calls is left out. */
export function chatMessages(system: GivenSystem | null | undefined, messages: readonly GivenMessage[]): ChatMessage[] {
  return [...systemMessages(system ?? ""), ...messages.flatMap(toMessages)];
}

/** The types of the blocks that are left out. */
export function leftOutBlocks(messages: readonly GivenMessage[]): string[] {
  return messages.flatMap(({ role, content }) =>
    role !== "assistant" || typeof content === "string"
      ? []
      : content.flatMap((block) => (block.type === "left-out" ? [block.name] : [])),
  );
}

function toMessages(message: GivenMessage): ChatMessage[] {
  switch (message.role) {
    case "system":
      return systemMessages(message.content);
    case "user":
      return typeof message.content === "string"
        ? [{ role: "user", content: message.content }]
        : userMessages(message.content);
    case "assistant":
      return [assistantMessage(message.content)];
  }
}

function systemMessages(content: GivenSystem): ChatMessage[] {
  const text = typeof content === "string" ? content : content.map((block) => block.text).join("\n\n");
  return text.trim() === "" ? [] : [{ role: "system", content: text }];
}

function assistantMessage(content: Extract<GivenMessage, { role: "assistant" }>["content"]): ChatMessage {
  if (typeof content === "string") return { role: "assistant", content };
  const texts = content.flatMap((block) => (block.type === "text" ? [block.text] : []));
  const calls = content.flatMap((block) => (block.type === "tool_use" ? [block] : []));
  return {
    role: "assistant",
    content: texts.join("\n\n"),
    ...(calls.length === 0
      ? {}
      : {
          tool_calls: calls.map(({ id, name, input }) => ({
            id,
            type: "function",
            function: { name, arguments: JSON.stringify(input) },
          })),
        }),
  };
}

/** Answers of tools come first, each a message and text alone; their pictures follow with what the user says. */
function userMessages(blocks: readonly UserBlock[]): ChatMessage[] {
  const results: ChatMessage[] = [];
  const parts: ChatMessagePart[] = [];
  for (const block of blocks) {
    if (block.type !== "tool_result") {
      parts.push(...partsOf(block));
      continue;
    }
    const { texts, images } = resultOf(block);
    results.push({ role: "tool", tool_call_id: block.tool_use_id, content: texts.join("\n\n") });
    if (images.length > 0) {
      parts.push({ type: "text", text: `Pictures of the tool's answer ${block.tool_use_id}:` }, ...images);
    }
  }
  return parts.length === 0 ? results : [...results, { role: "user", content: parts }];
}

function resultOf({ content, is_error: isError }: ToolResult): { texts: string[]; images: ChatMessagePart[] } {
  const parts = typeof content === "string" ? [textPart(content)] : (content ?? []).flatMap(partsOf);
  const texts = parts.flatMap((part) => (part.type === "text" ? [part.text] : []));
  if (isError === true) texts.unshift("The tool failed:");
  return { texts, images: parts.filter(({ type }) => type === "image_url") };
}

function partsOf(block: ShownBlock): ChatMessagePart[] {
  switch (block.type) {
    case "text":
      return [textPart(block.text)];
    case "image":
      return [{ type: "image_url", image_url: { url: addressOf(block.source) } }];
    case "tool_reference":
      return [textPart(`The tool ${block.tool_name}`)];
    case "search_result": {
      const text = block.content.map((each) => each.text).join("\n\n");
      return [textPart(`${block.title}\n${block.source}\n\n${text}`)];
    }
    case "document": {
      const head = [block.title, block.context].filter((line) => (line ?? "") !== "").join("\n");
      const { source } = block;
      const content = source.type === "text" ? source.data : source.content;
      const parts = typeof content === "string" ? [textPart(content)] : content.flatMap(partsOf);
      return head === "" ? parts : [textPart(head), ...parts];
    }
  }
}

function textPart(text: string): ChatMessagePart {
  return { type: "text", text };
}

function addressOf(source: ImageBlock["source"]): string {
  return source.type === "url" ? source.url : `data:${source.media_type};base64,${source.data}`;
}
