import type { GeneratedMedia, JobKind, JobResults, SavedMedia } from "flowith-webapi";
import { CliError } from "../../cli-error.ts";
import type { Context } from "../../context/context.ts";
import { ExitCode } from "../../exit-codes.ts";
import type { MediaTarget, SaveFlags } from "../../input/media-target.ts";
import { reportError } from "../../output/error-report.ts";
import { printable } from "../../output/printable.ts";
import type { ProgressLine } from "../../output/progress-line.ts";
import { progressWords } from "../../output/progress-words.ts";
import { saveMedia, showSaved } from "../../output/save-media.ts";

export type Result = JobResults[JobKind];

export interface Delivery {
  /** Of the job, for the command that fetches its result again. */
  id: string;
  result: Result;
  target: MediaTarget;
  flags: SaveFlags;
  line: ProgressLine;
  /** What stands before the result's own fields in the JSON. */
  about?: Readonly<Record<string, unknown>> | undefined;
}

/** Prints a text, or saves and shows a picture or clip. */
export async function deliver(context: Context, delivery: Delivery): Promise<void> {
  const { result, line, about = {}, flags } = delivery;
  const { output } = context;
  const { model, convId, nodeId } = result;
  if ("text" in result) {
    line.clear();
    const { text, reasoning } = result;
    const ended = text.endsWith("\n") ? text.slice(0, -1) : text;
    await output.result({ ...about, text, reasoning, model, convId, nodeId }, () =>
      output.isTerminal ? printable(ended) : ended,
    );
    return;
  }
  const media = "image" in result ? result.image : result.video;
  const saved = await fetched(context, media, delivery);
  line.clear();
  if (saved === undefined) return;
  const { location: path, sizeBytes, mimeType } = saved;
  if (output.isJson)
    await output.result({ ...about, path, url: media.url, model, convId, nodeId, sizeBytes, mimeType }, () => "");
  await showSaved(context, saved, flags);
}

/** The job is paid for and its handle is still kept, so whatever goes wrong here can be tried again. */
async function fetched(
  context: Context,
  media: GeneratedMedia,
  { id, target, line }: Delivery,
): Promise<SavedMedia | undefined> {
  try {
    return await saveMedia(context, media, target, (progress) => {
      line.text = `Saving: ${progressWords(progress)}`;
    });
  } catch (error) {
    if (context.signal.aborted) throw error;
    const { message, exitCode, json } = reportError(error);
    // a file that the service has lost is nothing that the command line said wrong
    const isLost = json.code === "not_found";
    const code = typeof json.code === "string" ? json.code : undefined;
    const hint = `The result is kept at the service: \`flowith jobs wait ${id}\` fetches it; --output names another place.`;
    throw new CliError(message, { exitCode: isLost ? ExitCode.Failed : exitCode, code, hint, cause: error });
  }
}
