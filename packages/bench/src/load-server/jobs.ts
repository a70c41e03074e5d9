import { setTimeout as sleep } from "node:timers/promises";
import { type FramePlan, Frames } from "./frames.ts";
import type { StreamHub } from "./stream-hub.ts";

/** What a job's prompt asks the load server for; a word after it is the label of its text. */
export const PROMPTS = {
  /** Sends nothing, ever. */
  wait: "wait",
  /** Waits for the start that all contestants are given. */
  hold: "hold",
  /** Sends a small answer at once. */
  small: "small",
} as const;

export type StartPlan = Omit<FramePlan, "nodeIds" | "labels">;

interface Held {
  nodeId: string;
  label: string | undefined;
}

/** What a small answer is. */
export const SMALL: StartPlan = { eventsPerJob: 5, eventBytes: 250, isAllText: false, hasResult: true };

/** The jobs that were posted, and what is sent for them. */
export class Jobs {
  readonly #hub: StreamHub;
  #held: Held[] = [];
  #prepared: Frames | undefined;
  /** Where jobs that come after the start get their events at once, as clients need that run out of connections. */
  #latePlan: StartPlan | undefined;

  constructor(hub: StreamHub) {
    this.#hub = hub;
  }

  get heldCount(): number {
    return this.#held.length;
  }

  post(nodeId: string, prompt: string): void {
    if (prompt === PROMPTS.wait) return;
    const [asked, label] = prompt.split(" ", 2);
    const job = { nodeId, label };
    if (asked === PROMPTS.small) setImmediate(() => this.#send(job, SMALL));
    else if (this.#latePlan !== undefined) this.#sendLate(job, this.#latePlan);
    else this.#held.push(job);
  }

  /** @param name of the file that is the result, or the prompt that asks for none */
  postMedia(nodeId: string, origin: string, name: string): void {
    if (name === PROMPTS.wait) return;
    const url = `${origin}/files/${name}`;
    const data = { type: "result", nodeId, status: "completed", resultUrl: url };
    setImmediate(() => this.#hub.write(`data: ${JSON.stringify({ data, id: nodeId })}\n\n`));
  }

  /** Makes the frames for the jobs that are held. @returns how many bytes they are */
  prepare(plan: StartPlan): number {
    this.#prepared = framesOf(this.#held, plan);
    return this.#prepared.totalBytes;
  }

  start(latePlan: StartPlan | undefined): void {
    const frames = this.#prepared;
    this.#prepared = undefined;
    this.#held = [];
    this.#latePlan = latePlan;
    if (frames !== undefined) void this.#hub.blast(frames);
  }

  reset(): void {
    this.#held = [];
    this.#latePlan = undefined;
  }

  #send(job: Held, plan: StartPlan): void {
    void this.#hub.blast(framesOf([job], plan));
  }

  #sendLate(job: Held, plan: StartPlan): void {
    void sleep(100).then(() => this.#send(job, plan));
  }
}

function framesOf(jobs: readonly Held[], plan: StartPlan): Frames {
  const labels = jobs.flatMap(({ label }) => label ?? []);
  // Either all of them have one or none has.
  return new Frames({ ...plan, nodeIds: jobs.map(({ nodeId }) => nodeId), ...(labels.length > 0 ? { labels } : {}) });
}
