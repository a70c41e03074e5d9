import { dirname, relative, sep } from "node:path";
import { FlowithError, type GeneratedMedia, type ManyResult, type SkipReason } from "flowith-webapi";
import type { ExitCode } from "../exit-codes.ts";
import { reportError } from "../output/error-report.ts";
import type { BatchLine } from "./batch-line.ts";
import { mediaName } from "./media-name.ts";

/** A line of the output, and how a program would end with its error alone. */
export interface EndedLine {
  told: ResultLine;
  exitCode: ExitCode | undefined;
}

/** What went wrong, as it stands in the output and in the summary. */
export interface LineError {
  code: string;
  message: string;
  /** Of a job that failed: why, in the service's words. */
  reason?: string;
}

/** A line of the output. */
export interface ResultLine {
  id: string;
  index: number;
  status: "fulfilled" | "rejected" | "skipped";
  kind: string;
  text?: string;
  reasoning?: string;
  url?: string;
  /** Of the picture or clip, from the folder that the output is in. */
  path?: string;
  model?: string;
  convId?: string;
  nodeId?: string;
  error?: LineError;
  /** Fields of the input that are no options. */
  input?: Record<string, unknown>;
  digest: string;
}

export interface MediaPlace {
  /** Where pictures and clips are saved. */
  folder: string;
  /** What their paths are told from. */
  from: string;
  signal: AbortSignal;
}

/** What is told of how a line ended. Pictures and clips are saved for it; what cannot be is a failure of that line. */
export async function resultLine(line: BatchLine, result: ManyResult, media: MediaPlace): Promise<EndedLine> {
  const { id, index, kind, own, digest } = line;
  const { status, exitCode, ...end } = await told(line, result, media);
  const input = Object.keys(own).length === 0 ? {} : { input: own };
  return { told: { id, index, status, kind, ...end, ...input, digest }, exitCode };
}

type Told = Omit<ResultLine, "id" | "index" | "kind" | "input" | "digest" | "error"> & Partial<LineFailure>;

interface LineFailure {
  error: LineError;
  /** None of a line that was not started. */
  exitCode?: ExitCode;
}

async function told(line: BatchLine, result: ManyResult, media: MediaPlace): Promise<Told> {
  switch (result.status) {
    case "skipped":
      return { status: "skipped", error: skipError(result.reason) };
    case "rejected":
      return { status: "rejected", ...handleOf(result.error), ...failure(result.error) };
    case "fulfilled": {
      const { model, convId, nodeId } = result.output;
      const place = { model, convId, nodeId };
      if (result.kind === "text") {
        const { text, reasoning } = result.output;
        return { status: "fulfilled", text, ...(reasoning === "" ? {} : { reasoning }), ...place };
      }
      const made = result.kind === "image" ? result.output.image : result.output.video;
      return { ...(await saved(line, made, media)), ...place };
    }
  }
}

async function saved({ id }: BatchLine, made: GeneratedMedia, { folder, from, signal }: MediaPlace): Promise<Told> {
  const { url } = made;
  try {
    const { location } = await made.save(folder, { filename: mediaName(id), overwrite: true, signal });
    return { status: "fulfilled", url, path: relative(from, location).split(sep).join("/") };
  } catch (error) {
    signal.throwIfAborted();
    return { status: "rejected", url, ...failure(error) };
  }
}

function handleOf(error: unknown): { convId?: string; nodeId?: string } {
  if (!FlowithError.is(error) || error.handle === undefined) return {};
  const { convId, nodeId } = error.handle;
  return { convId, nodeId };
}

function failure(error: unknown): Required<LineFailure> {
  const { json, exitCode } = reportError(error);
  const { code, message, reason } = json;
  return {
    error: { code: String(code), message: String(message), ...(typeof reason === "string" ? { reason } : {}) },
    exitCode,
  };
}

function skipError(reason: SkipReason): LineError {
  if (reason === "maxCredits") return { code: "max_credits", message: "--max-credits are spent." };
  if (reason === "maxFailuresInARow")
    return { code: "max_failures_in_a_row", message: "Too many have failed, one after the other." };
  const { code, message } = failure(reason).error;
  return { code, message };
}

/** The folder for media beside a file, named for it. */
export function mediaFolderFor(file: string): string {
  return `${file.replace(/\.[^./\\]*$/, "")}-media`;
}

/** What paths in results are told from. */
export function folderOf(file: string | undefined, cwd: string): string {
  return file === undefined ? cwd : dirname(file);
}
