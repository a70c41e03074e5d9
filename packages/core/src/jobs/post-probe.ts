import { type Deferred, deferred } from "../timing/deferred.ts";
import { now } from "../timing/now.ts";
import { startTimer, type Timer } from "../timing/timer.ts";
import type { NodeRow } from "../wire/node-row.ts";

/** `unknown`: no row could be read, so that nobody can tell. */
export type PostOutcome = "taken" | "untouched" | "unknown";

const PROBE_MS = 10_000;
/** How often the row is asked meanwhile. */
export const PROBE_ASK_MS = 1_000;
/** How old the last reading may be for the row to count as untouched. */
const RECENT_MS = 2 * PROBE_ASK_MS;

/**
 * Finds out whether a post whose answer was lost has arrived. It costs credits, so it is never repeated blindly: any
 * event, or a row that is no longer as it was inserted, says that the job is running.
 */
export class PostProbe {
  readonly #outcome: Deferred<PostOutcome> = deferred();
  readonly #timer: Timer;
  #lastReadAtMs: number = Number.NEGATIVE_INFINITY;

  constructor() {
    this.#timer = startTimer(PROBE_MS, () => {
      // An old reading says nothing: the job may have begun while the later questions hung.
      const isRecent = now() - this.#lastReadAtMs <= RECENT_MS;
      this.#end(isRecent ? "untouched" : "unknown");
    });
  }

  get outcome(): Promise<PostOutcome> {
    return this.#outcome.promise;
  }

  onTaken(): void {
    this.#end("taken");
  }

  /** @param row undefined where there is none, which is how it begins where the service makes the node */
  onRow(row: NodeRow | undefined): void {
    this.#lastReadAtMs = now();
    if (row !== undefined && row.data.status !== "init") this.onTaken();
  }

  #end(outcome: PostOutcome): void {
    this.#timer.stop();
    this.#outcome.resolve(outcome);
  }
}
