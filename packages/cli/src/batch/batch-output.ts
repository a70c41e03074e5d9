import { access } from "node:fs/promises";
import { basename } from "node:path";
import type { JobStore } from "flowith-webapi";
import { usageError } from "../cli-error.ts";
import { BatchFolder } from "./batch-folder.ts";
import type { BatchLine } from "./batch-line.ts";
import { ResultsFile } from "./results-file.ts";
import { requireSameBatch } from "./same-batch.ts";
import { readStoredResults, type StoredResults } from "./stored-results.ts";

export interface OutputFlags {
  onlyFailed?: boolean;
  force?: boolean;
}

/** The file of results with what is kept beside it, and what earlier runs have left of both. */
export class BatchOutput {
  readonly file: ResultsFile;
  readonly jobStore: JobStore;
  /** What is still to be done. */
  readonly pending: readonly BatchLine[];
  /** How many lines have a result. */
  readonly before: number;
  readonly #folder: BatchFolder;

  private constructor(file: ResultsFile, folder: BatchFolder, work: { pending: readonly BatchLine[]; before: number }) {
    this.file = file;
    this.#folder = folder;
    this.jobStore = folder.jobStore;
    this.pending = work.pending;
    this.before = work.before;
  }

  /** @throws CliError for a file that cannot be written, is another's, or of another input */
  static async open(path: string, lines: readonly BatchLine[], flags: OutputFlags): Promise<BatchOutput> {
    if (flags.onlyFailed) await requireResults(path);
    const file = await ResultsFile.open(path);
    let folder: BatchFolder | undefined;
    try {
      folder = await BatchFolder.open(path);
      if (flags.force) {
        await file.clear();
        await folder.clear();
      }
      const results = await readStoredResults(path);
      const digests = await digestsOf(lines, results, folder);
      requireSameBatch(lines, digests, path);
      for (const { id, digest } of lines) digests.set(id, digest);
      await folder.keepDigests(digests);
      return new BatchOutput(file, folder, await workOf(lines, results, folder.jobStore, flags));
    } catch (error) {
      await file.close().catch(() => undefined);
      await folder?.release();
      throw error;
    }
  }

  /** @param isComplete whether each line has its result, and nothing has to be taken up any more */
  async close(isComplete: boolean): Promise<void> {
    await this.#folder.jobStore.settled();
    try {
      await this.file.close();
      if (isComplete || (await this.jobStore.list()).length === 0) await this.#folder.clear();
    } finally {
      await this.#folder.release();
    }
  }
}

async function requireResults(path: string): Promise<void> {
  try {
    await access(path);
  } catch {
    throw usageError(`There are no results in ${basename(path)} yet.`, "Run it without --only-failed.");
  }
}

/**
 * What each id stands for whose result or job is there. A line whose job failed may be changed: its job is forgotten then,
 * and it is started as what it is now.
 */
async function digestsOf(
  lines: readonly BatchLine[],
  { byId }: StoredResults,
  folder: BatchFolder,
): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  const kept = await folder.digests();
  const now = new Map(lines.map(({ id, digest }) => [id, digest]));
  for (const { batchId = "", userNodeId } of await folder.jobStore.list()) {
    const before = kept.get(batchId);
    if (before === undefined) continue;
    const isOver = byId.get(batchId)?.code === "job_failed";
    if (isOver && now.get(batchId) !== before) await folder.jobStore.delete(userNodeId);
    else digests.set(batchId, before);
  }
  for (const [id, { status, digest }] of byId) if (status === "fulfilled") digests.set(id, digest);
  return digests;
}

/** What was started comes first: its results are paid for, also where nothing else can be any more. */
async function workOf(
  lines: readonly BatchLine[],
  { byId }: StoredResults,
  store: JobStore,
  { onlyFailed }: OutputFlags,
): Promise<{ pending: BatchLine[]; before: number }> {
  const isDone = ({ id }: BatchLine): boolean => byId.get(id)?.status === "fulfilled";
  const isWanted = (line: BatchLine): boolean => !isDone(line) && (!onlyFailed || byId.has(line.id));
  const started = new Set((await store.list()).map(({ batchId }) => batchId));
  const wanted = lines.filter(isWanted);
  return {
    pending: [...wanted.filter(({ id }) => started.has(id)), ...wanted.filter(({ id }) => !started.has(id))],
    before: lines.filter(isDone).length,
  };
}
