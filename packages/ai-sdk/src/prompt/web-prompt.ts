import { InvalidPromptError, type LanguageModelV4Message, type LanguageModelV4Prompt } from "@ai-sdk/provider";
import type { Message, MessagePart } from "flowith-webapi";
import { callText, resultText } from "../tools/tool-format.ts";
import { placeFile, type StoreFile } from "./file-part.ts";
import { toolOutputText } from "./tool-output.ts";

/** A prompt as the web app's endpoints take it. */
export interface WebPrompt {
  prompt: string;
  /** Addresses of the prompt's pictures. */
  images: string[];
  /** The turns before it. */
  messages: Message[];
  system: string | undefined;
}

interface Turn {
  role: "user" | "assistant";
  texts: string[];
  images: string[];
}

/**
 * Calls of tools and their answers become text, in the form in which a model is asked to write them. Reasoning of earlier
 * turns is left out, as the web app does. Files are stored first, once each.
 * @throws InvalidPromptError where the last message is not the user's, or a tool's answer to the model
 */
export async function webPrompt(prompt: LanguageModelV4Prompt, store: StoreFile): Promise<WebPrompt> {
  const system = prompt.flatMap((message) => (message.role === "system" ? [message.content] : [])).join("\n\n");
  const turns: Turn[] = [];
  for (const message of prompt) {
    const turn = await turnOf(message, store);
    if (turn === undefined) continue;
    const before = turns.at(-1);
    // The answers of several tools, and what the user says to them, are one message of the user.
    if (before?.role === turn.role) {
      before.texts.push(...turn.texts);
      before.images.push(...turn.images);
    } else turns.push(turn);
  }
  const last = turns.pop();
  if (last?.role !== "user") {
    const message =
      "The last message must be the user's, or a tool's: Flowith answers it, and cannot go on with an answer.";
    throw new InvalidPromptError({ prompt, message });
  }
  return {
    prompt: last.texts.join("\n\n"),
    images: last.images,
    messages: turns.map(toMessage),
    system: system === "" ? undefined : system,
  };
}

async function turnOf(message: LanguageModelV4Message, store: StoreFile): Promise<Turn | undefined> {
  if (message.role === "system") return;
  const turn: Turn = { role: message.role === "assistant" ? "assistant" : "user", texts: [], images: [] };
  for (const part of message.content) {
    switch (part.type) {
      case "text":
        turn.texts.push(part.text);
        break;
      case "file": {
        const file = await placeFile(part, store);
        if (file.type === "image") turn.images.push(file.url);
        else turn.texts.push(file.type === "text" ? file.text : file.reference);
        break;
      }
      case "tool-call":
        turn.texts.push(callText(part.toolName, part.input));
        break;
      case "tool-result":
        turn.texts.push(resultText(part.toolName, toolOutputText(part.output)));
        break;
    }
  }
  const isEmpty = turn.images.length === 0 && turn.texts.every((text) => text.trim() === "");
  return isEmpty && message.role === "assistant" ? undefined : turn;
}

function toMessage({ role, texts, images }: Turn): Message {
  const text = texts.join("\n\n");
  if (images.length === 0) return { role, content: text };
  const pictures: MessagePart[] = images.map((url) => ({ type: "image_url", image_url: { url } }));
  return { role, content: text === "" ? pictures : [{ type: "text", text }, ...pictures] };
}
