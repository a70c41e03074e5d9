import { readdir } from "node:fs/promises";
import type { Flowith } from "flowith-webapi";
import type { Context } from "../context/context.ts";
import type { Candidate, Source } from "./candidates.ts";

const MOST = 50;
/** A token that has less to live might be refreshed in the middle of it. */
const MIN_LIFE_MS = 60_000;

/** What only the service or the disk knows. @param command by which models are chosen: `image` makes pictures */
export async function dynamicCandidates(
  context: Context,
  source: Source,
  command: string,
  signal: AbortSignal,
): Promise<Candidate[]> {
  if (source === "profiles") return profiles(context);
  if (source !== "models" && source !== "conversations") return [];
  await using client = await passingClient(context, signal);
  if (client === undefined) return [];
  if (source === "conversations") {
    const latest = await client.conversations.list({ limit: MOST, signal });
    return latest.map(({ convId, title }) => ({ value: convId, description: title ?? "" }));
  }
  const models = await client.models.list({ signal });
  const fitting = models.filter(
    ({ media }) => kindOf(media) === (command === "image" || command === "video" ? command : "text"),
  );
  return (fitting.length === 0 ? models : fitting).map(({ modelId, title }) => ({
    value: modelId,
    description: title,
  }));
}

function kindOf(media: string | null | undefined): string {
  return media === "image" || media === "video" ? media : "text";
}

async function profiles(context: Context): Promise<Candidate[]> {
  const { folders, config } = await context.settings();
  const files = await readdir(folders.sessions).catch(() => []);
  const signedIn = files.filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -".json".length));
  const names = new Set([...Object.keys(config.profiles ?? {}), ...signedIn]);
  return [...names].map((value) => ({ value, description: signedIn.includes(value) ? "signed in" : "" }));
}

/**
 * A client that knows the access token and no more. It could be stopped in the middle of a refresh, which would lose the
 * refresh token that comes back: each works once.
 */
async function passingClient(context: Context, signal: AbortSignal): Promise<Flowith | undefined> {
  const own = await context.client();
  const session = await own.auth.session({ signal });
  if (!session?.accessToken || session.expiresAtMs < Date.now() + MIN_LIFE_MS) return undefined;
  return context.makeClient({
    store: undefined,
    token: session.accessToken,
    refreshToken: undefined,
    maxRetries: 0,
    logLevel: "silent",
  });
}
