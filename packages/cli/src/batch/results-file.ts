import { randomUUID } from "node:crypto";
import { type FileHandle, open, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { CliError, usageError } from "../cli-error.ts";
import { diskWords } from "../disk/disk-words.ts";
import { makeFolder } from "../disk/make-folder.ts";
import { readStoredResults } from "./stored-results.ts";

/** Where the results go: whole lines, one after the other. */
export interface ResultSink {
  write(line: string): Promise<void>;
}

/** The output, to which each line is added as a whole. */
export class ResultsFile implements ResultSink {
  readonly path: string;
  readonly #file: FileHandle;
  #last: Promise<void> = Promise.resolve();

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  /** @throws CliError for a file that cannot be written */
  static async open(path: string): Promise<ResultsFile> {
    try {
      await makeFolder(dirname(path));
      return new ResultsFile(path, await open(path, "a"));
    } catch (error) {
      throw usageError(
        `Cannot write results to ${path}: ${diskWords(error)}. Nothing was sent.`,
        "--output names a file.",
      );
    }
  }

  async clear(): Promise<void> {
    if ((await this.#file.stat()).isFile()) await this.#file.truncate();
  }

  /** @throws CliError where there is no room */
  write(line: string): Promise<void> {
    const writing = this.#last.then(() => this.#append(`${line}\n`));
    this.#last = writing.catch(() => undefined);
    return writing;
  }

  async #append(text: string): Promise<void> {
    const { size } = await this.#file.stat();
    try {
      await this.#file.appendFile(text);
    } catch (error) {
      // a part of a line helps nobody; a device cannot be cut
      await this.#file.truncate(size).catch(() => undefined);
      throw new CliError(`Cannot write results to ${this.path}: ${diskWords(error)}.`, {
        code: "output",
        hint: "What was paid for is kept: make room, and run the same command again.",
        cause: error,
      });
    }
  }

  /** After the last write. Lines that newer ones have replaced go, all at once. */
  async close(): Promise<void> {
    await this.#last;
    await this.#file.close();
    const { byId, hasOlder } = await readStoredResults(this.path);
    if (!hasOlder) return;
    const target = await realpath(this.path);
    const { mode } = await stat(target);
    const draft = `${target}.${randomUUID()}.part`;
    try {
      await writeFile(draft, [...byId.values()].map(({ text }) => `${text}\n`).join(""), { mode, flush: true });
      await rename(draft, target);
    } catch (error) {
      await rm(draft, { force: true });
      throw new CliError(`Cannot replace the older lines in ${this.path}: ${diskWords(error)}.`, {
        code: "output",
        hint: "All results are there; of an id with several lines the last one counts.",
        cause: error,
      });
    }
  }
}
