import type { JobScript } from "../job-script.ts";
import type { ServiceNode, ServiceRequest } from "./read-request.ts";
import { type JobEvent, ServiceJob } from "./service-job.ts";

/** The service without sockets: jobs and rows of one user, and the links of that user's clients. */
export class ScriptedService {
  /** By prompt. */
  readonly scripts: Map<string, JobScript> = new Map();
  readonly jobs: Map<string, ServiceJob> = new Map();
  readonly #nodes = new Map<string, ServiceNode>();
  readonly #listeners: ((event: JobEvent) => void)[] = [];
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  /** Posts of jobs that had been taken already: each would have been billed again. */
  postsOfTakenJobs = 0;

  onEvent(listener: (event: JobEvent) => void): void {
    this.#listeners.push(listener);
  }

  after(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, ms);
    this.#timers.add(timer);
  }

  insert(nodes: readonly ServiceNode[]): void {
    for (const node of nodes) this.#nodes.set(node.id, node);
  }

  rows({ ids, parentIds }: ServiceRequest["query"]): unknown[] {
    return [...this.#nodes.values()]
      .filter(({ id, p_id }) => ids.includes(id) || parentIds.includes(p_id))
      .map((node) => ({ ...node, data: this.jobs.get(node.id)?.row() ?? { status: "init", value: "" } }));
  }

  take(nodeId: string, prompt: string): void {
    const script = this.scripts.get(prompt);
    if (script === undefined) throw new Error(`no script for ${prompt}`);
    if (this.jobs.has(nodeId)) {
      this.postsOfTakenJobs++;
      return;
    }
    const job = new ServiceJob(nodeId, script);
    this.jobs.set(nodeId, job);
    this.#run(job, job.events());
  }

  /** Stops what the service itself would still do, so that all timers that are left are the client's. */
  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #run(job: ServiceJob, steps: ReturnType<ServiceJob["events"]>): void {
    const [step, ...rest] = steps;
    if (step === undefined) {
      this.#settleRow(job);
      return;
    }
    this.after(step.afterMs, () => {
      step.emit();
      for (const listener of this.#listeners) listener(step.event);
      this.#run(job, rest);
    });
  }

  #settleRow(job: ServiceJob): void {
    const { row, ending } = job.script;
    if (!row.isSettled || (ending.kind === "failed" && ending.by === "event")) return;
    this.after(row.lateMs, () => {
      job.rowSettledAtMs = Date.now();
    });
  }
}
