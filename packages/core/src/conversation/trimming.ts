import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { checkMessages } from "../kinds/job-options.ts";
import type { Message } from "../kinds/messages.ts";
import type { Shorten } from "../kinds/turn.ts";

/** How much of a long conversation a turn is told. What stands on the canvas and in `history()` stays whole. */
export interface TrimmingOptions {
  /**
   * Sends as many of the latest turns, a prompt with its answer each, beside `system` and the new prompt; 0 sends none of
   * them. Default: all. With `maxCharacters`, the stricter of both wins.
   */
  maxTurns?: number | undefined;
  /**
   * Sends the latest turns whose texts together have at most this many characters, counted in UTF-16 code units as
   * `length` does; pictures count nothing. A turn is sent whole or not at all, and once one does not fit, neither it nor
   * an older one is sent. The new prompt and `system` are always sent, and not counted. Default: any number.
   */
  maxCharacters?: number | undefined;
  /**
   * Makes what is sent out of a copy of all messages so far, the new prompt at their end, which has to stay there. `system`
   * is not among them and is always sent. It runs before the turn's rows are made, and what it throws ends the turn;
   * what is no list of messages, or does not end with the prompt, is an `InvalidArgumentError`. Excludes `maxTurns` and
   * `maxCharacters`.
   */
  trim?: ((messages: Message[]) => Message[] | PromiseLike<Message[]>) | undefined;
}

/** @throws InvalidArgumentError */
export function checkTrimming({ maxTurns, maxCharacters, trim }: TrimmingOptions): void {
  if (trim === undefined || (maxTurns === undefined && maxCharacters === undefined)) return;
  const excluded = maxTurns === undefined ? "maxCharacters" : "maxTurns";
  throw new InvalidArgumentError(`startConversation: trim excludes ${excluded}. Let trim do both.`);
}

/** @returns undefined where a turn is told everything */
export function shortening({ maxTurns, maxCharacters, trim }: TrimmingOptions): Shorten | undefined {
  if (trim !== undefined) return async (messages) => checked(await trim(structuredClone([...messages])), messages);
  if (maxTurns === undefined && maxCharacters === undefined) return undefined;
  return async (messages) => [...latestTurns(messages.slice(0, -1), maxTurns, maxCharacters), ...messages.slice(-1)];
}

function latestTurns(
  history: readonly Message[],
  maxTurns: number = Number.POSITIVE_INFINITY,
  maxCharacters: number = Number.POSITIVE_INFINITY,
): readonly Message[] {
  let from = history.length;
  let turns = 0;
  let characters = 0;
  for (const [index, message] of [...history.entries()].reverse()) {
    characters += textLength(message);
    if (characters > maxCharacters) break;
    // A turn begins with its prompt. What one taken up has before its first prompt counts as a turn of its own.
    if (message.role !== "user" && index > 0) continue;
    if (++turns > maxTurns) break;
    from = index;
  }
  return history.slice(from);
}

function textLength({ content }: Message): number {
  if (typeof content === "string") return content.length;
  return content.reduce((length, part) => length + (part.type === "text" ? part.text.length : 0), 0);
}

/** What a caller's `trim` has made. @throws InvalidArgumentError where it cannot be sent */
function checked(kept: Message[], messages: readonly Message[]): Message[] {
  checkMessages("trim", kept);
  const [last, prompt] = [kept.at(-1), messages.at(-1)];
  if (last === undefined)
    throw new InvalidArgumentError("trim: messages: there are none. Keep the prompt at their end.");
  if (prompt !== undefined && sameness(last) !== sameness(prompt))
    throw new InvalidArgumentError("trim: messages: the last one is not the prompt any more. Keep it at their end.");
  return kept;
}

/** How many messages are not sent as they are: one that `trim` has changed counts, and what it has added does not. */
export function countOmitted(messages: readonly Message[], kept: readonly Message[]): number {
  const left = new Map<string, number>();
  for (const key of kept.map(sameness)) left.set(key, (left.get(key) ?? 0) + 1);
  let omitted = 0;
  for (const key of messages.map(sameness)) {
    const count = left.get(key) ?? 0;
    if (count === 0) omitted++;
    else left.set(key, count - 1);
  }
  return omitted;
}

/** Equal for two messages that say the same, however they were made. */
function sameness({ role, content }: Message): string {
  if (typeof content === "string") return JSON.stringify([role, content]);
  const parts = content.map((part) => (part.type === "text" ? ["text", part.text] : ["url", part.image_url.url]));
  return JSON.stringify([role, parts]);
}
