import { trimmed } from "../text/paste-accident.ts";
import { shown } from "../text/shown.ts";
import type { ChatMessage, ChatMessagePart, KnowledgeMessage } from "./developer-messages.ts";

/** What is wrong with messages beside one another, or with what one says; undefined where nothing is. */
export function messagesFault(messages: readonly (ChatMessage | KnowledgeMessage)[]): string | undefined {
  const asked = new Set<string>();
  for (const [index, message] of messages.entries()) {
    const calls = ("tool_calls" in message && message.tool_calls) || [];
    for (const { id } of calls) asked.add(id);
    if (message.role === "assistant" && message.content === undefined && calls.length === 0)
      return `${index}.content: Expected a text or parts`;
    if (message.role === "tool") {
      // What a tool gives back may be empty, and so may an answer that was stopped before its first word.
      if (!asked.has(message.tool_call_id))
        return `${index}.tool_call_id: No message before it has a tool call with the id ${shown(message.tool_call_id)}`;
    } else if (message.role === "user" && isBlank(message.content)) {
      return `${index}.content: Expected something that can be seen`;
    }
  }
  return undefined;
}

function isBlank(content: string | readonly ChatMessagePart[]): boolean {
  if (typeof content === "string") return trimmed(content) === undefined;
  return content.every((part) => part.type === "text" && trimmed(part.text) === undefined);
}
