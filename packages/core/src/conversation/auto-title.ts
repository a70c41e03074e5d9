import type { Message } from "../kinds/messages.ts";
import type { CallOptions } from "../options/options.ts";
import { isHttpUrl } from "../wire/node-row.ts";
import type { Background } from "./background.ts";

export interface TitleTools {
  generateTitle(about: readonly Message[], options: CallOptions): Promise<string>;
  /** Changes nothing where it has one by then. */
  titleConversation(convId: string, title: string, options: CallOptions): Promise<void>;
  background: Background;
}

/** Gives a conversation a title by its first turn, beside what comes next. @returns what aborts it */
export function titleInBackground(tools: TitleTools, convId: string, turn: readonly Message[]): () => void {
  return tools.background.run("conversation: its title", async (signal) => {
    const title = await tools.generateTitle(turn.map(worded).filter(hasWords), { signal });
    await tools.titleConversation(convId, title, { signal });
  });
}

/** Its words alone: a title is made of those. */
function worded({ role, content }: Message): Message & { content: string } {
  if (typeof content === "string") return { role, content };
  const texts = content.flatMap((part) => (part.type === "text" ? [part.text] : []));
  return { role, content: texts.join("\n") };
}

/** The answer of a clip is its URL. */
function hasWords({ role, content }: Message & { content: string }): boolean {
  const words = content.trim();
  return words !== "" && (role === "user" || !isHttpUrl(words) || /\s/.test(words));
}
