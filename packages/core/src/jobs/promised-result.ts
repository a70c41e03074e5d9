import { type Deferred, deferred } from "../timing/deferred.ts";
import type { WaitListener } from "./job-wait-options.ts";

/** Hears of the end of a wait for who wants it as a promise. */
export class PromisedResult<Result> implements WaitListener<Result> {
  readonly #outcome: Deferred<Result> = deferred();

  get promise(): Promise<Result> {
    return this.#outcome.promise;
  }

  onNews(): void {}

  onDone(result: Result): void {
    this.#outcome.resolve(result);
  }

  onFailed(error: unknown): void {
    this.#outcome.reject(error);
  }
}
