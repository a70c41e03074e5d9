import { readFile } from "node:fs/promises";
import { diskCode } from "../../../disk/disk-words.ts";
import { writeWhole } from "../../../disk/write-whole.ts";

const MAX_LINES = 1_000;
const MAX_LINE_LENGTH = 10_000;

/** What looks like a token or a password: JSON Web Tokens, keys with the usual beginnings, and what is named one. */
const secret =
  /eyJ[\w-]{10,}\.[\w-]+|\b(?:sk|pk|rk|gh[opsu]|glpat|xox[abprs]|AKIA)[-_]?[A-Za-z0-9_-]{16,}|\b(?:password|passwd|secret|token|api[ _-]?key)\b\s*[:=]\s*\S/i;

/** What was typed in earlier chats, a message a line: a file that only its owner reads. */
export class HistoryFile {
  readonly #path: string;
  readonly #onProblem: (error: unknown) => void;
  #isBroken = false;

  /** @param onProblem told once; the chat goes on without */
  constructor(path: string, onProblem: (error: unknown) => void) {
    this.#path = path;
    this.#onProblem = onProblem;
  }

  /** Newest first, as readline has it. */
  async load(): Promise<string[]> {
    try {
      return (await this.#lines()).reverse();
    } catch (error) {
      this.#fail(error);
      return [];
    }
  }

  /** Keeps a message, unless it is very long or seems to hold a secret. */
  async add(message: string): Promise<void> {
    if (this.#isBroken || message.length > MAX_LINE_LENGTH || secret.test(message)) return;
    try {
      const lines = (await this.#lines()).filter((line) => line !== message);
      const text = `${[...lines, message].slice(-MAX_LINES).join("\n")}\n`;
      await writeWhole(this.#path, text, { mode: 0o600, folderMode: 0o700 });
    } catch (error) {
      this.#fail(error);
    }
  }

  async #lines(): Promise<string[]> {
    try {
      const content = await readFile(this.#path, "utf8");
      return content
        .split("\n")
        .filter((line) => line !== "")
        .slice(-MAX_LINES);
    } catch (error) {
      if (diskCode(error) === "ENOENT") return [];
      throw error;
    }
  }

  #fail(error: unknown): void {
    if (!this.#isBroken) this.#onProblem(error);
    this.#isBroken = true;
  }
}
