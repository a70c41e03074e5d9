import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Emulator } from "@flowith-webapi/emulator";
import { vi } from "vitest";

export interface Sent {
  userId: string;
  messageId: string;
  text: string;
}

/** The bot as a program, by its lines of JSON. */
export class BotProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly sent: Sent[] = [];
  errors = "";

  constructor({ edgeUrl, supabaseUrl, supabaseKey }: Emulator, folder: string, port: number) {
    this.#child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "main.ts"], {
      cwd: fileURLToPath(new URL("../", import.meta.url)),
      env: {
        ...process.env,
        FLOWITH_EDGE_URL: edgeUrl,
        FLOWITH_SUPABASE_URL: supabaseUrl,
        FLOWITH_SUPABASE_KEY: supabaseKey,
        BOT_FOLDER: folder,
        BOT_PORT: String(port),
      },
    });
    if (this.#child.stdout === null) throw new Error("no stdout");
    createInterface({ input: this.#child.stdout }).on("line", (line) => this.sent.push(JSON.parse(line)));
    this.#child.stderr?.on("data", (data) => {
      this.errors += String(data);
    });
  }

  say(userId: string, text: string): void {
    this.#child.stdin?.write(`${JSON.stringify({ userId, text })}\n`);
  }

  /** The first message to a user, from the given one on, in which the text is. */
  async heard(userId: string, text: string | RegExp, from = 0): Promise<Sent> {
    return vi.waitFor(
      () => {
        const found = this.sent.slice(from).find((one) => one.userId === userId && one.text.match(text));
        if (found !== undefined) return found;
        const texts = this.sent.filter((one) => one.userId === userId).map((one) => one.text);
        throw new Error(`${userId} never heard ${text}, but ${JSON.stringify(texts)}. ${this.errors}`);
      },
      { timeout: 30_000, interval: 20 },
    );
  }

  /** Says something, and waits for an answer that came after that. */
  async ask(userId: string, text: string, answer: string | RegExp): Promise<Sent> {
    const from = this.sent.length;
    this.say(userId, text);
    return this.heard(userId, answer, from);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill("SIGKILL");
    await once(this.#child, "exit");
  }
}
