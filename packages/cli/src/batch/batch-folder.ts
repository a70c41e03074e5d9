import { readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileJobStore } from "flowith-webapi";
import * as v from "valibot";
import { CliError, usageError } from "../cli-error.ts";
import { diskCode, diskWords } from "../disk/disk-words.ts";
import { makeFolder } from "../disk/make-folder.ts";
import { ExitCode } from "../exit-codes.ts";
import { FolderInUse, FolderLock } from "./folder-lock.ts";
import { SettlingStore } from "./settling-store.ts";

const manifestSchema = v.object({ v: v.literal(1), lines: v.record(v.string(), v.string()) });

/** What a batch keeps beside its output until all has gone well: handles of its jobs, and what each id stands for. */
export class BatchFolder {
  readonly path: string;
  readonly jobStore: SettlingStore;
  readonly #lock: FolderLock;

  private constructor(path: string, lock: FolderLock) {
    this.path = path;
    this.jobStore = new SettlingStore(fileJobStore(join(path, "handles")));
    this.#lock = lock;
  }

  /** @throws CliError where another process has it, or it cannot be made */
  static async open(output: string): Promise<BatchFolder> {
    const path = `${output}.jobs`;
    try {
      await makeFolder(path, 0o700);
      return await BatchFolder.#readable(new BatchFolder(path, await FolderLock.take(path)));
    } catch (error) {
      if (error instanceof FolderInUse) {
        throw new CliError(`Process ${error.pid} is at work on ${basename(output)}.`, {
          code: "in_use",
          exitCode: ExitCode.TryLater,
          hint: "Wait for its end, or give this batch an output of its own.",
        });
      }
      throw folderError(path, error);
    }
  }

  static async #readable(folder: BatchFolder): Promise<BatchFolder> {
    try {
      await folder.jobStore.list();
      return folder;
    } catch (error) {
      await folder.release();
      throw error;
    }
  }

  /** What each id stood for in earlier runs. @throws CliError for a damaged file */
  async digests(): Promise<ReadonlyMap<string, string>> {
    let text: string;
    try {
      text = await readFile(this.#manifest, "utf8");
    } catch (error) {
      if (diskCode(error) === "ENOENT") return new Map();
      throw folderError(this.path, error);
    }
    try {
      return new Map(Object.entries(v.parse(manifestSchema, JSON.parse(text)).lines));
    } catch (cause) {
      const message = `${this.#manifest} is damaged: nobody knows which lines the jobs beside it are of.`;
      throw new CliError(message, { code: "batch_folder", hint: "--force begins anew.", cause });
    }
  }

  /** Before the first job starts. */
  async keepDigests(digests: ReadonlyMap<string, string>): Promise<void> {
    const draft = this.#draft;
    const content = { v: 1, lines: Object.fromEntries(digests) };
    try {
      await writeFile(draft, JSON.stringify(content), { mode: 0o600 });
      await rename(draft, this.#manifest);
    } catch (error) {
      await rm(draft, { force: true });
      throw folderError(this.path, error);
    }
  }

  /** Forgets all jobs. */
  async clear(): Promise<void> {
    try {
      await rm(join(this.path, "handles"), { recursive: true, force: true });
      await rm(this.#manifest, { force: true });
      // Of a process that was killed before it gave it its name.
      await rm(this.#draft, { force: true });
    } catch (error) {
      throw folderError(this.path, error);
    }
  }

  /** Lets others have it. What holds nothing goes. */
  async release(): Promise<void> {
    await this.#lock.release();
    // it has jobs, or another run has come in between
    await rmdir(this.path).catch(() => undefined);
  }

  get #manifest(): string {
    return join(this.path, "lines.json");
  }

  get #draft(): string {
    return `${this.#manifest}.part`;
  }
}

function folderError(path: string, cause: unknown): CliError {
  return usageError(
    `Cannot keep the batch's jobs in ${path}: ${diskWords(cause)}. Nothing was sent.`,
    "They lie beside the output: move away what is there, or name another --output.",
  );
}
