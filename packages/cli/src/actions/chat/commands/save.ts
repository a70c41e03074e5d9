import { stat } from "node:fs/promises";
import { join } from "node:path";
import { CliError, usageError } from "../../../cli-error.ts";
import { diskCode, diskWords } from "../../../disk/disk-words.ts";
import { writeWhole } from "../../../disk/write-whole.ts";
import { oneLine } from "../../../output/printable.ts";
import { conversationMarkdown } from "../conversation-markdown.ts";
import { interruptible } from "../interruptible.ts";
import { typedPath } from "../typed-path.ts";
import type { ChatCommand } from "./chat-command.ts";

export const save: ChatCommand = {
  argument: "[file]",
  about: "the conversation as Markdown; /save! replaces a file that is there",
  takesForce: true,
  async run(chat, argument, isForced) {
    const { context, client, reader, session, turns } = chat;
    const { convId } = session;
    if (convId === undefined || turns.length === 0) throw usageError("There is no answer yet that could be saved.");
    const usualName = `conversation-${convId.slice(0, 8)}.md`;
    const path = await placeOf(typedPath(context.shell, argument === "" ? usualName : argument), usualName);
    await interruptible(context.shell, reader.input, async (signal) => {
      const { title } = await client.conversations.get(convId, { signal });
      await write(path, conversationMarkdown(oneLine(title ?? "") || "Conversation", turns), isForced);
      await chat.print(`Saved to ${oneLine(path)}`);
    });
    return undefined;
  },
};

/** Into a folder that is there it goes under its usual name. */
async function placeOf(path: string, usualName: string): Promise<string> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? join(path, usualName) : path;
}

/** The whole file or none. */
async function write(path: string, text: string, isForced: boolean): Promise<void> {
  try {
    await writeWhole(path, text, { isNew: !isForced });
  } catch (cause) {
    if (diskCode(cause) === "EEXIST")
      throw usageError(`${path} is there already.`, "/save! with the same name replaces it.");
    throw new CliError(`Nothing was saved: ${path} cannot be written: ${diskWords(cause)}.`, {
      code: "file",
      hint: "/save takes another file or folder, such as /save ~/chat.md",
      cause,
    });
  }
}
