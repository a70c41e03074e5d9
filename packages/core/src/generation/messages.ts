/** A part of a message: text, or a picture by its URL. */
export type MessagePart = { type: "text"; text: string } | { type: "image_url"; image_url: { url: string } };

/** One earlier turn, in the form of the chat completions API. */
export interface Message {
  role: "user" | "assistant" | "system";
  content: string | MessagePart[];
}

export interface MessageInput {
  prompt: string;
  imageUrls: readonly string[];
  messages: readonly Message[];
  system: string | undefined;
  systemMode: "fold" | "message";
}

/** The whole history as the service takes it (wire 2.1): nothing shows that it would add earlier turns by itself. */
export function buildMessages(input: MessageInput): Message[] {
  const content: Message["content"] =
    input.imageUrls.length === 0
      ? input.prompt
      : [
          { type: "text", text: input.prompt },
          ...input.imageUrls.map((url) => ({ type: "image_url" as const, image_url: { url } })),
        ];
  const messages: Message[] = [...input.messages, { role: "user", content }];
  const { system } = input;
  if (system === undefined) return messages;
  return input.systemMode === "message"
    ? [{ role: "system", content: system }, ...messages]
    : foldSystem(system, messages);
}

// Two clients pass `system` through and another folds it into the first user message: only the latter surely works.
function foldSystem(system: string, messages: Message[]): Message[] {
  const first = messages.findIndex((message) => message.role === "user");
  return messages.map((message, index) =>
    index === first ? { ...message, content: prefixed(system, message.content) } : message,
  );
}

function prefixed(system: string, content: Message["content"]): Message["content"] {
  if (typeof content === "string") return `${system}\n\n${content}`;
  return [{ type: "text", text: system }, ...content];
}
