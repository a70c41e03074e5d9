import { usageError } from "../../../cli-error.ts";
import { DIM } from "../../../markdown/cell.ts";
import { near } from "../../../near.ts";
import { oneLine } from "../../../output/printable.ts";
import type { Chat } from "../chat.ts";
import { Stopped } from "../interruptible.ts";
import type { ChatCommand, CommandLine } from "./chat-command.ts";
import { fork } from "./fork.ts";
import { help } from "./help.ts";
import { model } from "./model.ts";
import { retry } from "./retry.ts";
import { save } from "./save.ts";
import { credits, image, quit, think, title, video } from "./small-commands.ts";
import { upload } from "./upload.ts";

/** All commands, in the order in which /help lists them. */
export function chatCommands(): ReadonlyMap<string, ChatCommand> {
  const help_ = help(chatCommands);
  return new Map(
    Object.entries({ help: help_, image, video, model, upload, save, fork, title, think, retry, credits, quit }),
  );
}

const command = /^\/([A-Za-z?][\w-]*)(!?)(?:\s+([\s\S]*))?$/;

/** Undefined for a message: also for one that begins with a path, or with two slashes. */
export function commandOf(message: string): CommandLine | undefined {
  const [, name, force, argument = ""] = command.exec(message.trim()) ?? [];
  return name === undefined
    ? undefined
    : { name: name.toLowerCase(), argument: argument.trim(), isForced: force === "!" };
}

/** @throws what is to be told */
export async function runCommand(chat: Chat, { name, argument, isForced }: CommandLine): Promise<"end" | undefined> {
  const commands = chatCommands();
  const found = commands.get(name === "exit" ? "quit" : name);
  if (found === undefined) {
    const names = near(name, [...commands.keys()]).map((known) => `/${known}`);
    throw usageError(
      `There is no command /${oneLine(name)}.${names.length === 0 ? "" : ` Did you mean ${names.join(" or ")}?`}`,
      "/help lists them. A message that begins with a slash is typed with two.",
    );
  }
  if (isForced && found.takesForce !== true) throw usageError(`/${name} takes no !.`);
  try {
    return await found.run(chat, argument, isForced);
  } catch (error) {
    chat.context.signal.throwIfAborted();
    if (!(error instanceof Stopped)) throw error;
    await chat.say("stopped.", DIM);
    return undefined;
  }
}
