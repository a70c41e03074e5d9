import type { ChatEvent } from "./chat.ts";

/** An answer as a whole. */
export interface CollectedChat {
  text: string;
  reasoning: string;
  toolCalls: Extract<ChatEvent, { type: "tool-call" }>[];
  finish: Extract<ChatEvent, { type: "finish" }>;
}

export async function collectChat(events: AsyncIterable<ChatEvent> | Iterable<ChatEvent>): Promise<CollectedChat> {
  let text = "";
  let reasoning = "";
  const toolCalls: CollectedChat["toolCalls"] = [];
  for await (const event of events) {
    if (event.type === "text") text += event.delta;
    else if (event.type === "reasoning") reasoning += event.delta;
    else if (event.type === "tool-call") toolCalls.push(event);
    else return { text: event.revisedText ?? text, reasoning, toolCalls, finish: event };
  }
  throw new Error("A chat ended without its finish.");
}
