import { callText, resultText, type StoreFile, type Turn, type WebTurns, webTurns } from "@flowith-webapi/chat-bridge";
import { InvalidArgumentError } from "flowith-webapi";
import type { ChatMessage, ChatMessagePart } from "flowith-webapi/developer";

/** A chat as the web app's endpoints take it. */
export interface WebPrompt extends WebTurns {
  system: string;
}

/**
 * Calls of tools and their answers become text, in the form in which a model is asked to write them. Pictures that come in
 * data URLs are stored first, once each.
 * @throws InvalidArgumentError where the last message is not the user's, or a tool's answer
 */
export async function webPrompt(messages: readonly ChatMessage[], store: StoreFile): Promise<WebPrompt> {
  const toolNames = new Map<string, string>();
  const system: string[] = [];
  const turns: Turn[] = [];
  for (const message of messages) {
    if (message.role === "system") {
      system.push(...(await turnOf("user", message.content, store)).texts);
      continue;
    }
    if (message.role === "tool") {
      const name = toolNames.get(message.tool_call_id) ?? message.tool_call_id;
      turns.push({ role: "user", texts: [resultText(name, message.content)], images: [] });
      continue;
    }
    const turn = await turnOf(message.role, message.content ?? "", store);
    if (message.role === "assistant") {
      for (const { id, function: called } of message.tool_calls ?? []) {
        toolNames.set(id, called.name);
        turn.texts.push(callText(called.name, argumentsOf(called.arguments)));
      }
    }
    turns.push(turn);
  }
  const found = webTurns(turns);
  if (found === undefined) {
    throw new InvalidArgumentError("messages: the last one must be the user's, or a tool's answer to the model.");
  }
  return { ...found, system: system.join("\n\n") };
}

async function turnOf(
  role: Turn["role"],
  content: string | readonly ChatMessagePart[],
  store: StoreFile,
): Promise<Turn> {
  const turn: Turn = { role, texts: [], images: [] };
  for (const part of typeof content === "string" ? [{ type: "text" as const, text: content }] : content) {
    if (part.type === "text") {
      if (part.text !== "") turn.texts.push(part.text);
    } else turn.images.push(await addressOf(part.image_url.url, store));
  }
  return turn;
}

async function addressOf(url: string, store: StoreFile): Promise<string> {
  if (!url.startsWith("data:")) return url;
  const [, mediaType = "image"] = /^data:([\w+.-]+\/[\w+.-]+)/.exec(url) ?? [];
  return (await store(new URL(url), { mediaType, filename: undefined })).url;
}

/** As JSON where it is some, so that it is not quoted twice. */
function argumentsOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
