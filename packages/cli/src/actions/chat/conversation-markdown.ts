import { linked } from "../../conversations/conversation-markdown.ts";
import { promptWords } from "../../conversations/prompt-words.ts";
import { oneLine, printable } from "../../output/printable.ts";
import type { Turn } from "./chat.ts";

/** A conversation as a file of Markdown. */
export function conversationMarkdown(title: string, turns: readonly Turn[]): string {
  const parts = turns.flatMap(({ kind, prompt, answer, model }) => [
    "## You",
    printable(linked(prompt)),
    `## Flowith${model === undefined ? "" : ` (${oneLine(model)})`}`,
    kind === "image" ? pictures(answer, prompt) : printable(answer),
  ]);
  return `${[`# ${oneLine(title)}`, ...parts].join("\n\n")}\n`;
}

function pictures(urls: string, prompt: string): string {
  const alt = oneLine(promptWords(prompt)).replace(/[[\]\\]/g, "\\$&");
  return urls
    .split("\n")
    .map((url) => `![${alt}](<${oneLine(url).replace(/[<>]/g, encodeURIComponent)}>)`)
    .join("\n\n");
}
