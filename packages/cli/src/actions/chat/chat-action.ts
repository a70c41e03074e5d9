import { usageError } from "../../cli-error.ts";
import type { Context } from "../../context/context.ts";
import type { ChatFlags } from "./chat-flags.ts";

/**
 * Without a terminal, a line each: `{ type: "reasoning" | "text", delta }` as they come, `{ type: "revised", text }` where
 * the service has changed its answer, and at the end `{ type: "done", text, reasoning, model, convId, nodeId }`.
 */
export async function chat(context: Context, words: string[], flags: ChatFlags): Promise<void> {
  const { shell, output } = context;
  const isTyped = shell.stdin.isTTY === true;
  if (isTyped && output.isTerminal && !output.isJson) {
    const { interactiveChat } = await import("./interactive-chat.ts");
    await interactiveChat(context, words.join(" ").trim(), flags);
    return;
  }
  if (isTyped && words.length === 0) {
    throw usageError("A chat needs a terminal to write to.", 'One answer needs none: flowith chat "Hello" | cat');
  }
  const { pipedChat } = await import("./piped-chat.ts");
  await pipedChat(context, words, flags);
}
