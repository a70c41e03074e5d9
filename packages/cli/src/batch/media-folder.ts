import { randomUUID } from "node:crypto";
import { rm, rmdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { usageError } from "../cli-error.ts";
import { diskWords } from "../disk/disk-words.ts";
import { makeFolder } from "../disk/make-folder.ts";

/** More than what a file system keeps beside a file's name. */
const PROBE_BYTES = 4_096;

/** The folder for pictures and clips. It is there before the first of them is paid for. */
export class MediaFolder implements AsyncDisposable {
  readonly #path: string;
  readonly #isMade: boolean;

  private constructor(path: string, isMade: boolean) {
    this.#path = path;
    this.#isMade = isMade;
  }

  /** @throws CliError where nothing can be saved */
  static async open(path: string): Promise<MediaFolder> {
    try {
      const found = await stat(path).catch(() => undefined);
      await makeFolder(path);
      const folder = new MediaFolder(path, found === undefined);
      await folder.#probe();
      return folder;
    } catch (error) {
      throw usageError(
        `Pictures and clips cannot be saved in ${path}: ${diskWords(error)}. Nothing was sent.`,
        "--media names another folder.",
      );
    }
  }

  /** A folder that was made for what did not come goes. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isMade) await rmdir(this.#path).catch(() => undefined);
  }

  /** Only a write tells of permissions, disks that can only be read, and full ones. */
  async #probe(): Promise<void> {
    const file = join(this.#path, `.${randomUUID()}.part`);
    try {
      await writeFile(file, Buffer.alloc(PROBE_BYTES), { flag: "wx" });
    } catch (error) {
      await this[Symbol.asyncDispose]();
      throw error;
    } finally {
      await rm(file, { force: true });
    }
  }
}
