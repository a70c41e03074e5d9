import { callText, resultText, type StoreFile, type Turn, type WebTurns, webTurns } from "@flowith-webapi/chat-bridge";
import type { ChatMessage, ChatMessagePart } from "flowith-webapi/developer";
import { GatewayError } from "../errors.ts";

/** A chat as the web app's endpoints take it. */
export interface WebPrompt extends WebTurns {
  system: string;
}

/**
 * Calls of tools and their answers become text, in the form in which a model is asked to write them. Pictures that come in
 * data URLs are stored first, once each.
 * @throws GatewayError 400 where the last message is not the user's, or a tool's answer, or has no words
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
    throw unfit("The last one must be the user's, or a tool's answer to the model.");
  }
  if (found.prompt.trim() === "") {
    throw unfit(
      found.images.length === 0
        ? "The last one has no words."
        : "The last one has pictures and no words, which the web app does not send. Say what is to be done with them.",
    );
  }
  // Told here, since the client below knows a prompt, which a request of chats has not.
  if (found.prompt.includes("\0")) throw unfit("The last one has a NUL character (U+0000), which Flowith cannot keep.");
  return { ...found, system: system.join("\n\n") };
}

function unfit(why: string): GatewayError {
  return new GatewayError({ status: 400, code: "invalid_value", message: `messages: ${why}`, param: "messages" });
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
