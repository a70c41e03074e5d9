import type { Context } from "hono";
import type { Problem } from "../errors.ts";
import type { GatewayEnv } from "../gateway-env.ts";
import type { RequestEntry } from "../service/request-entry.ts";

/** What became of an answer. */
export type Outcome = RequestEntry["outcome"];

/** What a request has under way: it ends when the client goes away, when it is cut short, or when its answer is left. */
export class Work {
  readonly #controller = new AbortController();
  #isToldByBody = false;
  #failure: Problem | undefined;
  #onEnd: ((outcome: Outcome) => void) | undefined;

  /** @param signals end it with their reasons. They live no longer than the request, so that nothing has to let go of them. */
  constructor(...signals: readonly AbortSignal[]) {
    for (const signal of signals) {
      const onAbort = (): void => this.#controller.abort(asError(signal.reason));
      if (signal.aborted) onAbort();
      else signal.addEventListener("abort", onAbort, { once: true });
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(): void {
    this.#controller.abort();
  }

  /** Whether the body of the answer tells its end by itself, so that nobody has to follow it. */
  get isToldByBody(): boolean {
    return this.#isToldByBody;
  }

  /** What an answer that had begun has failed with. */
  get failure(): Problem | undefined {
    return this.#failure;
  }

  /** An answer that has begun ends by telling its client this. */
  fail(problem: Problem): void {
    this.#failure = problem;
  }

  /** For a body that does. @returns what it has to call */
  takeEnd(): (outcome: Outcome) => void {
    this.#isToldByBody = true;
    return (outcome) => this.#onEnd?.(outcome);
  }

  onEnd(callback: (outcome: Outcome) => void): void {
    this.#onEnd = callback;
  }
}

/** Node's server aborts with a text, and routers hand on what is no error without an answer to it. */
function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error("The client has gone away.", { cause: reason });
}

/** @throws where nothing has let the request in */
export function workOf(context: Context<GatewayEnv>): Work {
  const work = context.get("work");
  if (work === undefined) throw new Error(`${context.req.path} is served without a limit on what is under way.`);
  return work;
}
