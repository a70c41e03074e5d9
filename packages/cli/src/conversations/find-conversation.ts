import type { ConversationRecord, Flowith } from "flowith-webapi";
import { notFoundError, usageError } from "../cli-error.ts";
import { oneLine } from "../output/printable.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const PREFIX = /^[0-9a-f][0-9a-f-]{5,35}$/;
/** Of how many conversations the beginning of an id is enough. */
const LATEST = 200;

/**
 * The id that a person means: a whole one, the address of a conversation in the web app, or the beginning of the id of one
 * of the latest 200. Only that last one makes a request, once for all that are looked for.
 */
export class ConversationFinder {
  readonly #client: Flowith;
  readonly #signal: AbortSignal;
  #latest: Promise<ConversationRecord[]> | undefined;

  constructor(client: Flowith, signal: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
  }

  /** @throws CliError for what is no id, and for a beginning that none or several have */
  async find(said: string): Promise<string> {
    const id = plainId(said);
    if (UUID.test(id)) return id;
    if (!PREFIX.test(id)) {
      throw usageError(
        `${JSON.stringify(oneLine(said))} is no conversation's id.`,
        "Give an id, its first 6 characters or more, or the address of a conversation. `flowith conversations ls` shows ids.",
      );
    }
    this.#latest ??= this.#client.conversations.list({ limit: LATEST, signal: this.#signal });
    const found = (await this.#latest).filter(({ convId }) => convId.startsWith(id));
    const [first, second] = found;
    if (first !== undefined && second === undefined) return first.convId;
    if (first === undefined) {
      throw notFoundError(
        `None of the latest ${LATEST} conversations has an id that begins with ${id}.`,
        "An older one, or one of a project, needs its whole id.",
      );
    }
    const candidates = found.map(({ convId, title }) => `  ${convId}  ${oneLine(title ?? "")}`);
    throw usageError(`${found.length} conversations have ids that begin with ${id}.`, candidates.join("\n"));
  }
}

/** The id that `--conversation` means, where it is given. @throws what `ConversationFinder` throws */
export async function conversationFlag(
  client: Flowith,
  said: string | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  return said === undefined ? undefined : new ConversationFinder(client, signal).find(said);
}

/** `https://flowith.io/conv/<id>?…` and the like: the last part of the path that is an id. */
function plainId(said: string): string {
  const text = said.trim().toLowerCase();
  if (!/^https?:/.test(text) || !URL.canParse(text)) return text;
  const parts = new URL(text).pathname.split("/");
  return parts.findLast((part) => UUID.test(part)) ?? text;
}
