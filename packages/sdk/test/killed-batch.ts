import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Emulator, type EmulatorUser, startEmulator } from "@flowith-webapi/emulator";

// A folder that has the package among its dependencies.
const cwd = fileURLToPath(new URL("../../conformance/", import.meta.url));

/** Runs the whole batch and prints how each ended. */
const script = `
  import { fileJobStore, Flowith } from "flowith-webapi";
  const { FOLDER, TOKEN, EDGE_URL, SUPABASE_URL, SUPABASE_KEY, INPUTS, PASSED_MS } = process.env;
  const addresses = { edgeUrl: EDGE_URL, supabaseUrl: SUPABASE_URL, supabaseKey: SUPABASE_KEY };
  const later = async (request, next) => {
    const response = await next(request);
    if (request.method !== "GET" || !request.url.includes("/flow_node")) return response;
    const headers = new Headers(response.headers);
    headers.set("date", new Date(Date.now() + Number(PASSED_MS)).toUTCString());
    return new Response(response.body, { status: response.status, headers });
  };
  const flowith = new Flowith({ token: TOKEN, ...addresses, middleware: [later] });
  const options = { concurrency: 4, resumeFrom: fileJobStore(FOLDER) };
  console.log("begun");
  for await (const { input, status, error } of flowith.generateMany(JSON.parse(INPUTS), options))
    console.log(JSON.stringify({ id: input.id, status, error: error && String(error) }));`;

/** What a run printed. */
export interface RunOutput {
  isWhole: boolean;
  ends: { id: string; status: string; error?: string }[];
}

/** A batch of jobs in processes of their own, which are killed at any moment, with one folder of handles. */
export class KilledBatch implements AsyncDisposable {
  readonly #emulator: Emulator;
  readonly #user: EmulatorUser;
  readonly #folder: string;
  readonly #inputs: readonly object[];
  #passedMs = 0;

  private constructor(emulator: Emulator, user: EmulatorUser, folder: string, inputs: readonly object[]) {
    this.#emulator = emulator;
    this.#user = user;
    this.#folder = folder;
    this.#inputs = inputs;
  }

  static async create(inputs: readonly object[]): Promise<KilledBatch> {
    const emulator = await startEmulator({ replay: false });
    const user = await emulator.createUser({ credits: 100_000 });
    return new KilledBatch(emulator, user, await mkdtemp(join(tmpdir(), "flowith-")), inputs);
  }

  /** @param killed the moment at which the process is killed; without it, it runs to its end */
  async run(killed?: (child: ChildProcess) => Promise<unknown>): Promise<RunOutput> {
    const { edgeUrl, supabaseUrl, supabaseKey } = this.#emulator;
    const addresses = { EDGE_URL: edgeUrl, SUPABASE_URL: supabaseUrl, SUPABASE_KEY: supabaseKey };
    const own = { FOLDER: this.#folder, TOKEN: this.#user.token, INPUTS: JSON.stringify(this.#inputs) };
    const clock = { PASSED_MS: String(this.#passedMs) };
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
      cwd,
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, ...addresses, ...own, ...clock },
    });
    let printed = "";
    child.stdout.on("data", (part) => {
      printed += part;
    });
    const closed = once(child, "close");
    if (killed !== undefined) {
      await Promise.race([killed(child), closed]);
      child.kill("SIGKILL");
    }
    const [code] = await closed;
    const lines = printed.split("\n").slice(0, -1);
    return { isWhole: code === 0, ends: lines.filter((line) => line !== "begun").map((line) => JSON.parse(line)) };
  }

  /** Resolves when so many posts have arrived, of all runs together. */
  async posted(count: number): Promise<void> {
    while (this.posts().length < count) await new Promise((resolve) => setTimeout(resolve, 2));
  }

  /** The nodes that were posted, each as often as it was. */
  posts(): string[] {
    return ["POST /completion/async", "POST /image_gen/async"].flatMap((route) =>
      this.#emulator.journal
        .list({ user: this.#user.id, route })
        .map(({ body }) => String(JSON.parse(body ?? "{}").nodeId)),
    );
  }

  /**
   * As if so much time had passed since rows were made, by the service's clock: what was never posted is known for that
   * then. Resolves when what was posted has ended, as it would have by then.
   */
  async age(byMs: number): Promise<void> {
    while (await this.#isUnderWay()) await new Promise((resolve) => setTimeout(resolve, 20));
    this.#passedMs = byMs;
  }

  async #isUnderWay(): Promise<boolean> {
    const { supabaseUrl, supabaseKey } = this.#emulator;
    const headers = { apikey: supabaseKey, authorization: `Bearer ${this.#user.token}` };
    const query = `select=id&id=in.(${this.posts()})&data->>status=in.(init,loading)`;
    const response = await fetch(`${supabaseUrl}/rest/v1/flow_node?${query}`, { headers });
    const rows: unknown[] = await response.json();
    return rows.length > 0;
  }

  /** The `batchId`s in the folder, each as often as there is a handle of it. */
  async stored(): Promise<string[]> {
    const names = (await readdir(this.#folder)).filter((name) => /^[\da-f-]+\.json$/.test(name));
    const handles = await Promise.all(
      names.map(async (name) => JSON.parse(await readFile(join(this.#folder, name), "utf8"))),
    );
    return handles.map(({ batchId }) => batchId).sort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#emulator.close();
    await rm(this.#folder, { recursive: true });
  }
}

/** Inputs of which every fourth is a picture. */
export function batchInputs(count: number): { id: string; kind: string; prompt: string }[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `job-${String(index).padStart(2, "0")}`,
    kind: index % 4 === 3 ? "image" : "text",
    prompt: `Say number ${index}`,
  }));
}

/** Of a list, those that are in it more than once. */
export function repeated(items: readonly string[]): string[] {
  return items.filter((item, index) => items.indexOf(item) !== index);
}
