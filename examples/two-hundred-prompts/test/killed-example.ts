import { once } from "node:events";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { Flowith } from "flowith-webapi";
import { ExampleCopy } from "../../readme/test/run-example.ts";

export interface Prompt {
  id: string;
  kind?: "image";
  prompt: string;
}

/** What stands in the results of a text, or of a picture. */
export interface Line {
  id: string;
  text?: string;
  location?: string;
}

export interface Run {
  /** null of one that was killed */
  exitCode: number | null;
  /** What it told on stderr. */
  progress: string;
}

/** The prompts that the example has. */
export async function readPrompts(): Promise<Prompt[]> {
  const lines = await readFile(new URL("../prompts.jsonl", import.meta.url), "utf8");
  return lines
    .trim()
    .split("\n")
    .map((line): Prompt => JSON.parse(line));
}

/** The example in processes of its own, which are killed at moments of the tests' choice. */
export class KilledExample implements AsyncDisposable {
  readonly #example: ExampleCopy;

  private constructor(example: ExampleCopy) {
    this.#example = example;
  }

  static async create(prompts: readonly Prompt[]): Promise<KilledExample> {
    const example = await ExampleCopy.create(fileURLToPath(new URL("../", import.meta.url)), ["main.ts"]);
    const lines = prompts.map((prompt) => `${JSON.stringify(prompt)}\n`);
    await writeFile(join(example.place, "prompts.jsonl"), lines.join(""));
    return new KilledExample(example);
  }

  /** @param moment when it is killed; without it, it runs to its end */
  async run(moment?: () => Promise<void>, ...args: string[]): Promise<Run> {
    const child = this.#example.start(process.execPath, ["--disable-warning=ExperimentalWarning", "main.ts", ...args]);
    const closed = once(child, "close");
    const progress = text(child.stderr);
    if (moment !== undefined) {
      await Promise.race([moment(), closed]);
      child.kill("SIGKILL");
    }
    const [exitCode] = await closed;
    return { exitCode, progress: await progress };
  }

  /** Resolves when so many jobs have been posted, by all runs together. */
  async posted(count: number): Promise<void> {
    while (this.postedPrompts().length < count) await new Promise((resolve) => setTimeout(resolve, 2));
  }

  /** Resolves when so many results stand in the file. */
  async wrote(count: number): Promise<void> {
    while ((await this.#results()).split("\n").length <= count) await new Promise((resolve) => setTimeout(resolve, 2));
  }

  /** What was posted, as often as it was. */
  postedPrompts(): string[] {
    const posts = ["POST /completion/async", "POST /image_gen/async"].flatMap((route) =>
      this.#example.emulator.journal.list({ route }),
    );
    return posts.map(({ body }) => {
      const { messages }: { messages: { content: string }[] } = JSON.parse(body ?? "");
      return messages.at(-1)?.content ?? "";
    });
  }

  async lines(): Promise<Line[]> {
    return (await this.#results())
      .trim()
      .split("\n")
      .map((line): Line => JSON.parse(line));
  }

  /** What a kill within a write would leave. */
  async tearLine(): Promise<void> {
    await appendFile(join(this.#example.place, "results.jsonl"), '{"id":"torn","te');
  }

  async credits(): Promise<number> {
    const { users, edgeUrl, supabaseUrl, supabaseKey } = this.#example.emulator;
    const flowith = new Flowith({ token: users[0]?.token, edgeUrl, supabaseUrl, supabaseKey });
    return (await flowith.account.balance()).remainQuota;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#example[Symbol.asyncDispose]();
  }

  async #results(): Promise<string> {
    return readFile(join(this.#example.place, "results.jsonl"), { encoding: "utf8", flag: "a+" });
  }
}
