import { InvalidPromptError, type LanguageModelV4Message, type LanguageModelV4Prompt } from "@ai-sdk/provider";
import { callText, resultText, type StoreFile, type Turn, type WebTurns, webTurns } from "@flowith-webapi/chat-bridge";
import { placeFile } from "./file-part.ts";
import { toolOutputText } from "./tool-output.ts";

/** A prompt as the web app's endpoints take it. */
export interface WebPrompt extends WebTurns {
  system: string | undefined;
}

/**
 * Calls of tools and their answers become text, in the form in which a model is asked to write them. Reasoning of earlier
 * turns is left out, as the web app does. Files are stored first, once each.
 * @throws InvalidPromptError where the last message is not the user's, or a tool's answer to the model
 */
export async function webPrompt(prompt: LanguageModelV4Prompt, store: StoreFile): Promise<WebPrompt> {
  const system = prompt.flatMap((message) => (message.role === "system" ? [message.content] : [])).join("\n\n");
  const turns: Turn[] = [];
  for (const message of prompt) if (message.role !== "system") turns.push(await turnOf(message, store));
  const found = webTurns(turns);
  if (found === undefined) {
    const message =
      "The last message must be the user's, or a tool's: Flowith answers it, and cannot go on with an answer.";
    throw new InvalidPromptError({ prompt, message });
  }
  return { ...found, system: system === "" ? undefined : system };
}

async function turnOf(message: Exclude<LanguageModelV4Message, { role: "system" }>, store: StoreFile): Promise<Turn> {
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
  return turn;
}
