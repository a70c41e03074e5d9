import type { Chat } from "../chat.ts";

/** What stands behind a slash. */
export interface ChatCommand {
  /** What is typed behind the name. */
  argument?: string | undefined;
  about: string;
  /** Whether `!` behind the name, which replaces what is there, means something. */
  takesForce?: boolean | undefined;
  /** What fails is told, and the chat goes on. */
  run(chat: Chat, argument: string, isForced: boolean): Promise<"end" | undefined>;
}

/** A line that is a command. */
export interface CommandLine {
  name: string;
  argument: string;
  isForced: boolean;
}
