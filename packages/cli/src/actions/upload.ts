import { basename } from "node:path";
import { AuthenticationError, type FileRecord, type FileSource, type Flowith } from "flowith-webapi";
import { QuietEnd, usageError } from "../cli-error.ts";
import type { Context } from "../context/context.ts";
import { placedSource } from "../input/placed-source.ts";
import { reportError } from "../output/error-report.ts";
import { exitCodeOfParts } from "../output/exit-code-of-parts.ts";
import { printable } from "../output/printable.ts";
import { ProgressLine } from "../output/progress-line.ts";
import { progressWords } from "../output/progress-words.ts";

export interface UploadFlags {
  name?: string;
}

interface Uploaded {
  path: string;
  url: string;
  name: string;
  sizeBytes: number;
  reference: string;
}

/**
 * `[{ path, url, name, sizeBytes, reference }]`, and `{ path, error }` for what failed. One failure of several does not
 * stop the others.
 */
export async function upload(context: Context, paths: string[], flags: UploadFlags): Promise<void> {
  const { output, signal, shell } = context;
  if (flags.name !== undefined && paths.length > 1) throw usageError("--name is for one file, and several are given.");
  if (paths.filter((path) => path === "-").length > 1) throw usageError("- can be given once: stdin is read once.");
  if (paths.includes("-") && shell.stdin.isTTY) throw usageError("- reads a file from stdin: pipe one in.");
  const client = await context.client();
  await context.requireSession(client);
  const found: (Uploaded | { path: string; error: Record<string, unknown> })[] = [];
  const errors: unknown[] = [];
  for (const [index, path] of paths.entries()) {
    try {
      const uploaded = await uploadOne(
        context,
        client,
        path,
        flags,
        paths.length > 1 ? ` ${index + 1}/${paths.length}` : "",
      );
      found.push(uploaded);
      if (!output.isJson) await output.write(`${output.isTerminal ? printable(uploaded.url) : uploaded.url}\n`);
    } catch (error) {
      // without a session none of the others would go either
      if (signal.aborted || paths.length === 1 || (AuthenticationError.is(error) && index === 0)) throw error;
      const { message, json } = reportError(error);
      if (!output.isJson) output.warn(`flowith: ${printable(path)}: ${message}`);
      found.push({ path, error: json });
      errors.push(error);
    }
  }
  await output.result(found, () => "");
  if (errors.length === 0) return;
  if (!output.isJson) output.warn(`${errors.length} of ${paths.length} files were not uploaded.`);
  const exitCodes = errors.map((error) => reportError(error).exitCode);
  throw new QuietEnd(exitCodeOfParts(exitCodes, paths.length - errors.length));
}

async function uploadOne(
  { output, signal, shell }: Context,
  client: Flowith,
  path: string,
  flags: UploadFlags,
  count: string,
): Promise<Uploaded> {
  const source: string | FileSource = path === "-" ? shell.stdin : placedSource(shell.cwd, path);
  const label = `Uploading${count} ${path === "-" ? "stdin" : basename(path)}`;
  using line = new ProgressLine(output, label);
  let sizeBytes = 0;
  const stored: FileRecord = await client.uploadFile(source, {
    signal,
    filename: flags.name,
    onProgress: (progress) => {
      sizeBytes = progress.sentBytes ?? sizeBytes;
      line.text = `${label}: ${progressWords(progress)}`;
    },
  });
  const name = /^\[\[file:[^|]*\|([^|]*)\|/.exec(stored.reference)?.[1] ?? flags.name ?? basename(path);
  return { path, url: stored.url, name, sizeBytes, reference: stored.reference };
}
