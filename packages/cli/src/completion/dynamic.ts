import type { Flowith, ModelInfo } from "flowith-webapi";
import type { Context } from "../context/context.ts";
import { developerClient } from "../context/developer-client.ts";
import { profileNames } from "../context/profile-names.ts";
import { isLive, readSessionFile } from "../context/session-file.ts";
import { sessionFile } from "../context/settings.ts";
import type { Candidate, Source } from "./candidates.ts";

const MOST = 50;
/** A token that has less to live might be refreshed in the middle of it. */
const MIN_LIFE_MS = 60_000;

/** Where values come from, and for which command line. */
interface Wanted {
  source: Source;
  /** By which models are chosen: `image` makes pictures. */
  command: string;
  /** The model that the line names. */
  model: string | undefined;
}

/** What only the service or the disk knows. */
export async function dynamicCandidates(context: Context, wanted: Wanted, signal: AbortSignal): Promise<Candidate[]> {
  switch (wanted.source) {
    case "files":
    case "folders":
      return [];
    case "profiles":
      return profiles(context);
    case "jobs":
      return jobs(context);
    case "developer models":
      return developerModels(context, signal);
    default:
      return ofTheService(context, wanted, signal);
  }
}

async function ofTheService(context: Context, wanted: Wanted, signal: AbortSignal): Promise<Candidate[]> {
  await using client = await passingClient(context, signal);
  if (client === undefined) return [];
  if (wanted.source === "conversations") {
    const latest = await client.conversations.list({ limit: MOST, signal });
    return latest.map(({ convId, title }) => ({ value: convId, description: title ?? "" }));
  }
  if (wanted.source === "templates") {
    const all = await client.templates.list({ signal });
    return all.map(({ templateId, name }) => ({ value: templateId, description: name ?? "" }));
  }
  return ofModels(await client.models.list({ signal }), wanted);
}

function ofModels(all: readonly ModelInfo[], { source, command, model }: Wanted): Candidate[] {
  const kind = command === "image" || command === "video" ? command : "text";
  const ofKind = command === "models" ? all : all.filter(({ media }) => kindOf(media) === kind);
  const fitting = ofKind.length === 0 ? all : ofKind;
  if (source === "models") return fitting.map(({ modelId, title }) => ({ value: modelId, description: title }));
  const named = fitting.filter(({ modelId }) => modelId === model);
  const values = (named.length === 0 ? fitting : named).flatMap((one): readonly (string | number)[] => {
    if (source === "aspect ratios") return one.supportedAspectRatios ?? [];
    if (source === "image sizes") return one.supportedImageSizes ?? [];
    return one.supportedDurations ?? [];
  });
  return [...new Set(values.map(String))].map((value) => ({ value, description: "" }));
}

function kindOf(media: string | null | undefined): string {
  return media === "image" || media === "video" ? media : "text";
}

/** By the key of the environment, or none. */
async function developerModels(context: Context, signal: AbortSignal): Promise<Candidate[]> {
  await using client = await developerClient(context);
  const ids = await client.knowledge.models({ signal });
  return ids.map((value) => ({ value, description: "" }));
}

async function jobs(context: Context): Promise<Candidate[]> {
  const handles = await (await context.jobStore()).list();
  return handles.map(({ userNodeId, label, model }) => ({ value: userNodeId, description: label ?? model }));
}

async function profiles(context: Context): Promise<Candidate[]> {
  const { folders, config } = await context.settings();
  const names = await profileNames(folders, config);
  return Promise.all(
    names.map(async (value) => {
      const stored = await readSessionFile(sessionFile(folders, value));
      return { value, description: stored.kind === "session" && isLive(stored.session) ? "signed in" : "" };
    }),
  );
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
