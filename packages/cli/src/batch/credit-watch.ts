import type { Flowith } from "flowith-webapi";
import { FlowithError } from "flowith-webapi";
import type { Tally } from "./tally.ts";

const EVERY_MS = 10_000;

/** Keeps the tally's credits up to date, now and then. Asking costs nothing. */
export class CreditWatch implements AsyncDisposable {
  readonly #client: Pick<Flowith, "account">;
  readonly #tally: Tally;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  #timer: NodeJS.Timeout | undefined;
  #asking: Promise<void> | undefined;
  #endedWhenAsked = 0;

  constructor(client: Pick<Flowith, "account">, tally: Tally, signal: AbortSignal) {
    this.#client = client;
    this.#tally = tally;
    this.#signal = AbortSignal.any([signal, this.#stop.signal]);
  }

  /** The first question. @throws AuthenticationError: without a session nothing has to be tried */
  async start(onChange: () => void): Promise<void> {
    try {
      this.#tally.creditsAtStart = await this.#balance();
      this.#tally.creditsLeft = this.#tally.creditsAtStart;
    } catch (error) {
      if (this.#signal.aborted || (FlowithError.is(error) && error.code === "authentication")) throw error;
      return;
    }
    this.#timer = setInterval(() => {
      if (this.#tally.ended > this.#endedWhenAsked) this.#asking ??= this.#ask().then(onChange);
    }, EVERY_MS);
    this.#timer.unref();
  }

  /** The last question. */
  async finish(): Promise<void> {
    clearInterval(this.#timer);
    await this.#asking;
    if (this.#tally.creditsAtStart !== undefined && this.#tally.ended > 0) await this.#ask();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    this.#stop.abort();
    await this.#asking;
  }

  async #ask(): Promise<void> {
    this.#endedWhenAsked = this.#tally.ended;
    try {
      this.#tally.creditsLeft = await this.#balance();
    } catch {
      // what is known stays, and is asked again
    } finally {
      this.#asking = undefined;
    }
  }

  async #balance(): Promise<number> {
    return (await this.#client.account.balance({ signal: this.#signal })).remainQuota;
  }
}
