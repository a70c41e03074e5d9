import { FlowithError, JobFailedError } from "@flowith-webapi/core";
import { excerpt } from "@flowith-webapi/core/http";
import type { SkipReason } from "./many-types.ts";

export interface StopLimits {
  maxCredits?: number | undefined;
  maxFailuresInARow?: number | undefined;
}

/** After how many ends the balance is asked again. */
const ENDS_A_QUESTION = 5;

/** Says whether anything may start still. Once it says no, it never says anything else. */
export class StartStop {
  readonly #limits: StopLimits;
  readonly #balance: () => Promise<number>;
  /** Settles, never rejects, when all that was asked so far is known. */
  #asked: Promise<void> | undefined;
  #firstBalance: number | undefined;
  #ends = 0;
  #failuresInARow = 0;
  #reason: SkipReason | undefined;
  readonly #stopped = new AbortController();

  /** @param balance asks for what is left to spend */
  constructor(limits: StopLimits, balance: () => Promise<number>) {
    this.#limits = limits;
    this.#balance = balance;
  }

  /** Aborts when nothing may start any more. */
  get signal(): AbortSignal {
    return this.#stopped.signal;
  }

  /** Why nothing may start any more, as far as is known. */
  get reason(): SkipReason | undefined {
    return this.#reason;
  }

  /** The same once the balance is known that was asked for; the first call asks for it. */
  async known(): Promise<SkipReason | undefined> {
    if (this.#asked === undefined && this.#limits.maxCredits !== undefined) this.#ask();
    await this.#asked;
    return this.#reason;
  }

  /**
   * @param isPaid false for the result of an earlier run, which cost nothing here
   * @param error of one that was rejected
   */
  ended(status: "fulfilled" | "rejected", isPaid: boolean, error?: unknown): void {
    if (FlowithError.is(error) && meetsAll(error)) this.#stop(error);
    this.#failuresInARow = status === "rejected" ? this.#failuresInARow + 1 : 0;
    const { maxFailuresInARow = Number.POSITIVE_INFINITY, maxCredits } = this.#limits;
    if (this.#failuresInARow >= maxFailuresInARow) this.#stop("maxFailuresInARow");
    if (!isPaid) return;
    this.#ends++;
    if (maxCredits !== undefined && this.#ends % ENDS_A_QUESTION === 0) this.#ask();
  }

  #ask(): void {
    const before = this.#asked;
    const ask = async (): Promise<void> => {
      await before;
      if (this.#reason === undefined) await this.#compare();
    };
    this.#asked = ask();
  }

  async #compare(): Promise<void> {
    const { maxCredits = Number.POSITIVE_INFINITY } = this.#limits;
    try {
      const balance = await this.#balance();
      this.#firstBalance ??= balance;
      if (this.#firstBalance - balance >= maxCredits) this.#stop("maxCredits");
    } catch (error) {
      const isError = error instanceof Error;
      this.#stop(isError ? error : new Error(`The balance cannot be had: ${excerpt(String(error))}`, { cause: error }));
    }
  }

  #stop(reason: SkipReason): void {
    this.#reason ??= reason;
    this.#stopped.abort();
  }
}

/** Whether every later job would end with it too: nothing is left to pay it with, or the session is over. */
function meetsAll(error: FlowithError): boolean {
  if (JobFailedError.is(error)) return error.reason === "insufficient_credits";
  return error.code === "insufficient_credits" || error.code === "authentication";
}
