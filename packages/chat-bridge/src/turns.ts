import type { Message, MessagePart } from "flowith-webapi";

/** What one side has said: texts in order, and addresses of pictures. */
export interface Turn {
  role: "user" | "assistant";
  texts: string[];
  images: string[];
}

/** Turns as the web app's endpoints take them. */
export interface WebTurns {
  prompt: string;
  /** Addresses of the prompt's pictures. */
  images: string[];
  /** The turns before it. */
  messages: Message[];
}

/**
 * Neighbours of one role are one turn: the answers of several tools, and what the user says to them. Earlier turns that
 * are empty are left out, such as an answer that was stopped before its first word.
 * @returns nothing where the last turn is not the user's
 */
export function webTurns(turns: readonly Turn[]): WebTurns | undefined {
  const joined: Turn[] = [];
  for (const [index, { role, texts, images }] of turns.entries()) {
    const isEmpty = images.length === 0 && texts.every((text) => text.trim() === "");
    if (isEmpty && (role === "assistant" || index < turns.length - 1)) continue;
    const before = joined.at(-1);
    if (before?.role === role) {
      before.texts.push(...texts);
      before.images.push(...images);
    } else joined.push({ role, texts: [...texts], images: [...images] });
  }
  const last = joined.pop();
  if (last?.role !== "user") return undefined;
  return { prompt: last.texts.join("\n\n"), images: last.images, messages: joined.map(toMessage) };
}

function toMessage({ role, texts, images }: Turn): Message {
  const text = texts.join("\n\n");
  if (images.length === 0) return { role, content: text };
  const pictures: MessagePart[] = images.map((url) => ({ type: "image_url", image_url: { url } }));
  return { role, content: text === "" ? pictures : [{ type: "text", text }, ...pictures] };
}
