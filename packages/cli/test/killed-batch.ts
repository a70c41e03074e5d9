import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { type Emulator, type EmulatorUser, startEmulator } from "@flowith-webapi/emulator";

const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));

const COSTS = { text: 1, image: 10, video: 100 } as const;
const ROUTES = ["POST /completion/async", "POST /image_gen/async", "POST /video/async"];

export interface BatchInput {
  id: string;
  kind: keyof typeof COSTS;
  prompt: string;
}

/** Three texts, a picture and a clip, and so on. */
export function mixedInputs(count: number): BatchInput[] {
  const kinds = ["text", "text", "image", "text", "video"] as const;
  return Array.from({ length: count }, (_, index) => ({
    id: `job-${String(index).padStart(2, "0")}`,
    kind: kinds[index % kinds.length] ?? "text",
    prompt: `Say number ${index}`,
  }));
}

export interface EndedRun {
  /** null of one that was killed */
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

export interface OutputLine {
  id: string;
  status: string;
  path?: string;
}

/** The built program at work on a batch, in processes that are killed at any moment. */
export class KilledBatch implements AsyncDisposable {
  readonly folder: string;
  readonly #emulator: Emulator;
  readonly #user: EmulatorUser;
  readonly #tables: Server;
  readonly #tablesUrl: string;
  readonly #clock: { passedMs: number };

  private constructor(parts: {
    folder: string;
    emulator: Emulator;
    user: EmulatorUser;
    tables: Server;
    tablesUrl: string;
    clock: { passedMs: number };
  }) {
    this.folder = parts.folder;
    this.#emulator = parts.emulator;
    this.#user = parts.user;
    this.#tables = parts.tables;
    this.#tablesUrl = parts.tablesUrl;
    this.#clock = parts.clock;
  }

  static async create(inputs: readonly BatchInput[]): Promise<KilledBatch> {
    const emulator = await startEmulator({ replay: false });
    const user = await emulator.createUser({ credits: 1_000_000 });
    const folder = await mkdtemp(join(tmpdir(), "flowith-batch-"));
    await writeFile(join(folder, "in.jsonl"), inputs.map((input) => `${JSON.stringify(input)}\n`).join(""));
    const clock = { passedMs: 0 };
    const tables = tablesWithClock(emulator.supabaseUrl, clock);
    tables.listen(0, "127.0.0.1");
    await once(tables, "listening");
    const address = tables.address();
    if (address === null || typeof address === "string") throw new Error("The server has no port.");
    const tablesUrl = `http://127.0.0.1:${address.port}`;
    return new KilledBatch({ folder, emulator, user, tables, tablesUrl, clock });
  }

  /** @param moment when it is killed; without it, it runs to its end */
  async run(moment?: (child: ChildProcess) => Promise<unknown>, ...more: string[]): Promise<EndedRun> {
    const child = this.start("batch", "in.jsonl", "--output", "out.jsonl", ...more);
    const ended = endOf(child);
    if (moment !== undefined) {
      await Promise.race([moment(child), ended]);
      child.kill("SIGKILL");
    }
    return ended;
  }

  start(...args: string[]): ReturnType<typeof startProgram> {
    const { edgeUrl, supabaseKey } = this.#emulator;
    return startProgram(this.folder, args, {
      FLOWITH_HOME: join(this.folder, "home"),
      FLOWITH_TOKEN: this.#user.token,
      FLOWITH_EDGE_URL: edgeUrl,
      FLOWITH_SUPABASE_URL: this.#tablesUrl,
      FLOWITH_SUPABASE_KEY: supabaseKey,
    });
  }

  /** Resolves when so many jobs have been posted, by all runs together. */
  async posted(count: number): Promise<void> {
    while (this.billedNodes().length < count) await new Promise((resolve) => setTimeout(resolve, 2));
  }

  /** The nodes of all posts that the service has taken, each as often as it was. */
  billedNodes(): string[] {
    return ROUTES.flatMap((route) => this.#emulator.journal.list({ user: this.#user.id, route }))
      .filter(({ status }) => status === 200)
      .map(({ body }) => String(JSON.parse(body ?? "{}").nodeId));
  }

  /**
   * As if a day had passed by the service's clock: a picture that was prepared and never posted is known for that by its
   * age alone. Resolves when what was posted has ended, as it would have by then.
   */
  async waitADay(): Promise<void> {
    while (await this.#isUnderWay()) await new Promise((resolve) => setTimeout(resolve, 20));
    this.#clock.passedMs += 24 * 3_600_000;
  }

  async lines(): Promise<OutputLine[]> {
    const content = await readFile(join(this.folder, "out.jsonl"), "utf8");
    return content
      .split("\n")
      .slice(0, -1)
      .map((line): OutputLine => JSON.parse(line));
  }

  async files(): Promise<string[]> {
    return (await readdir(this.folder)).filter((name) => name !== "home").sort();
  }

  async creditsSpent(): Promise<number> {
    const { stdout } = await endOf(this.start("credits", "--json"));
    const { remaining }: { remaining: number } = JSON.parse(stdout);
    return 1_000_000 - remaining;
  }

  async #isUnderWay(): Promise<boolean> {
    const { supabaseUrl, supabaseKey } = this.#emulator;
    const headers = { apikey: supabaseKey, authorization: `Bearer ${this.#user.token}` };
    const query = `select=id&id=in.(${this.billedNodes()})&data->>status=in.(init,loading,processing)`;
    const response = await fetch(`${supabaseUrl}/rest/v1/flow_node?${query}`, { headers });
    const rows: unknown[] = await response.json();
    return rows.length > 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#tables.closeAllConnections();
    this.#tables.close();
    await this.#emulator.close();
    await rm(this.folder, { recursive: true });
  }
}

/** What all of them cost once. */
export function costOf(inputs: readonly BatchInput[]): number {
  return inputs.reduce((sum, { kind }) => sum + COSTS[kind], 0);
}

export async function endOf(child: ReturnType<typeof startProgram>): Promise<EndedRun> {
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[number | null]>,
  ]);
  return { exitCode, stdout, stderr };
}

function startProgram(cwd: string, args: readonly string[], env: Record<string, string>) {
  return spawn(process.execPath, [program, ...args], {
    cwd,
    stdio: ["pipe", "pipe", "pipe"],
    env: { PATH: process.env.PATH, ...env },
  });
}

/** Tables whose answers say that it is later than it is. */
function tablesWithClock(url: string, clock: { passedMs: number }): Server {
  return createServer(async (request, response) => {
    const { host: _, connection: __, ...headers } = request.headers;
    const hasBody = request.method !== "GET" && request.method !== "HEAD";
    try {
      const answer = await fetch(`${url}${request.url}`, {
        method: request.method ?? "GET",
        headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
        ...(hasBody ? { body: Readable.toWeb(request) as ReadableStream, duplex: "half" } : {}),
      });
      const told = new Headers(answer.headers);
      for (const name of ["content-encoding", "content-length", "transfer-encoding", "connection"]) told.delete(name);
      told.set("date", new Date(Date.now() + clock.passedMs).toUTCString());
      response.writeHead(answer.status, Object.fromEntries(told));
      response.end(Buffer.from(await answer.arrayBuffer()));
    } catch {
      // the program was killed, or the emulator is closing
      response.destroy();
    }
  });
}
