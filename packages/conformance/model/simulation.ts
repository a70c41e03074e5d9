import { getEventListeners } from "node:events";
import { Flowith, type FlowithClient } from "flowith-webapi";
import { assert, vi } from "vitest";
import { advance, settle } from "./fake-time.ts";
import { checkJob } from "./job-checks.ts";
import type { AbortReason, Command, Plan } from "./plan.ts";
import { accessToken } from "./service/access-token.ts";
import { Link } from "./service/link.ts";
import { ScriptedService } from "./service/scripted-service.ts";
import { TracedJob } from "./traced-job.ts";

const LINGER_MS = 1_000;
const TIMEOUT = { firstEventMs: 60_000, idleMs: 60_000, totalMs: 150_000 };
const STEP_MS = 1_000;
const REFRESH_MS = 31_000;

/** One run of a plan: the real client in a scripted service, and what must hold in the end. */
export class Simulation {
  readonly #plan: Plan;
  readonly #service = new ScriptedService();
  readonly #links: Link[] = [];
  readonly #clients: FlowithClient[] = [];
  readonly #jobs: TracedJob[] = [];
  readonly #unhandled: unknown[] = [];
  readonly #onUnhandled = (error: unknown): void => void this.#unhandled.push(error);

  constructor(plan: Plan) {
    this.#plan = plan;
    for (let index = 0; index < plan.clients; index++) {
      const link = new Link(this.#service, plan.splitBytes);
      this.#links.push(link);
      this.#clients.push(
        new Flowith({
          token: accessToken(),
          refreshToken: "first",
          edgeUrl: "https://edge.example",
          supabaseUrl: "https://rows.example",
          fetch: link.fetch,
          events: { lingerMs: LINGER_MS },
          timeout: TIMEOUT,
          middleware: plan.hasMiddleware ? [(request, next) => next(request)] : [],
        }),
      );
    }
  }

  /** @throws what does not hold */
  async run(): Promise<void> {
    process.on("unhandledRejection", this.#onUnhandled);
    try {
      for (const command of this.#plan.commands) {
        await this.#obey(command);
        await settle();
      }
      await this.#finish();
      await this.#check();
    } finally {
      this.#service.stop();
      for (const client of this.#clients) client.close();
      await settle();
      process.off("unhandledRejection", this.#onUnhandled);
    }
  }

  async #obey(command: Command): Promise<void> {
    if ("job" in command) {
      const job = pick(this.#jobs, command.job);
      if (job !== undefined) await obeyJob(job, command);
      return;
    }
    switch (command.do) {
      case "start":
        this.#start(command);
        break;
      case "close":
        this.#close(command.client);
        break;
      case "wait":
        await advance(command.ms);
        break;
      case "weather":
        this.#blow(command);
        break;
    }
  }

  #start({ client, script, asks, isPaused, onSubmit }: Command & { do: "start" }): void {
    const index = client % this.#clients.length;
    const flowith = pick(this.#clients, client);
    const jobScript = pick(this.#plan.scripts, script);
    assert(flowith !== undefined && jobScript !== undefined);
    const prompt = `job ${this.#jobs.length}`;
    this.#service.scripts.set(prompt, jobScript);
    const job = new TracedJob(flowith, index, prompt, jobScript, onSubmit);
    this.#jobs.push(job);
    if (asks !== "chunks") job.askOutput();
    if (asks !== "output") job.read(isPaused);
  }

  #close(client: number): void {
    const index = client % this.#clients.length;
    for (const job of this.#jobs) if (job.client === index) job.clientClosed();
    this.#clients[index]?.close();
  }

  #blow({ client, weather }: Command & { do: "weather" }): void {
    const link = pick(this.#links, client);
    if (weather.on === "event") link?.armEvent(weather.weather);
    else if (weather.on === "stream") link?.strike(weather.weather);
    else for (let count = 0; count < weather.times; count++) link?.armRequest(weather.route, weather.weather);
  }

  /** Lets every job come to its end, with readers that read. */
  async #finish(): Promise<void> {
    for (const job of this.#jobs) job.resume();
    const lastMs = Date.now() + TIMEOUT.totalMs + STEP_MS;
    while (this.#jobs.some((job) => job.isStarted && !job.isOver) && Date.now() < lastMs) await advance(STEP_MS);
    await advance(LINGER_MS);
    // A refresh under way is nobody's and everybody's: given up in the middle, it could cost the session.
    const isRefreshing = (): boolean =>
      this.#links.some(({ pending }) => [...pending].some(({ route }) => route === "refresh"));
    for (let ms = 0; isRefreshing() && ms < REFRESH_MS; ms += STEP_MS) await advance(STEP_MS);
    // What the service still holds back is not the client's; what the client still waits for then shows.
    this.#service.stop();
    await settle();
  }

  async #check(): Promise<void> {
    for (const job of this.#jobs) if (job.isStarted) assert(job.isOver, "a job that never ended");
    assert.isEmpty(this.#unhandled, "unhandled rejections");
    assert.equal(vi.getTimerCount(), 0, "timers that are left");
    for (const link of this.#links) {
      assert.equal(link.streams.size, 0, "event streams open after the linger time");
      assert.equal(link.pending.size, 0, "requests that are left");
    }
    for (const job of this.#jobs) {
      assert.isEmpty(getEventListeners(job.signal, "abort"), "listeners on a caller's signal");
    }
    assert.equal(this.#service.postsOfTakenJobs, 0, "posts of jobs that were taken already");
    for (const job of this.#jobs) await this.#checkJob(job);
    await settle();
    assert.isEmpty(this.#unhandled, "unhandled rejections");
  }

  async #checkJob(job: TracedJob): Promise<void> {
    const link = this.#links[job.client];
    assert(link !== undefined);
    if (!job.isStarted) return;
    job.askOutput();
    await settle();
    const taken = job.handle === undefined ? undefined : this.#service.jobs.get(job.handle.nodeId);
    checkJob({ job, link, taken }, TIMEOUT.totalMs);
  }
}

async function obeyJob(job: TracedJob, command: Command & { job: number }): Promise<void> {
  switch (command.do) {
    case "pull":
      job.read(true);
      job.pull();
      break;
    case "pause":
      job.pause();
      break;
    case "resume":
      job.resume();
      break;
    case "leave":
      await job.leave();
      break;
    case "cancel":
      job.cancel();
      break;
    case "output":
      job.askOutput();
      break;
    case "abort":
      job.abort(reasonOf(command.reason));
      break;
  }
}

function reasonOf(kind: AbortReason): unknown {
  if (kind === "default") return undefined;
  return kind === "text" ? "enough" : new Error("changed my mind");
}

function pick<T>(from: readonly T[], index: number): T | undefined {
  return from[index % Math.max(1, from.length)];
}
