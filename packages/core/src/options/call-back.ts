/**
 * Calls a function of the caller's that is not waited for. What it throws goes to `onThrow`, and what a promise that it
 * returns rejects with: types let an async function in, and a rejection that nobody hears of ends a Node process.
 */
export function callBack(call: () => unknown, onThrow: (error: unknown) => void): void {
  try {
    const result = call();
    if (isPromise(result)) Promise.resolve(result).catch(onThrow);
  } catch (error) {
    onThrow(error);
  }
}

/**
 * Calls functions of the caller's while a call is under way. What they throw passes on; what their promises reject with goes
 * to `onReject` at once, and to who asks whether all have settled: the last one may reject when the call is done otherwise.
 */
export class HeardCalls {
  readonly #onReject: (error: unknown) => void;
  #all: Promise<unknown> = Promise.resolve();

  constructor(onReject: (error: unknown) => void) {
    this.#onReject = onReject;
  }

  call(call: () => unknown): void {
    const result = call();
    if (!isPromise(result)) return;
    const heard = Promise.resolve(result);
    heard.catch(this.#onReject);
    this.#all = Promise.all([this.#all, heard]);
    this.#all.catch(() => undefined);
  }

  /** @throws what the first of the promises rejected with */
  async settled(): Promise<void> {
    await this.#all;
  }
}

/** Whether a function of the caller's gave a promise, of whatever realm or library. */
export function isPromise(result: unknown): result is PromiseLike<unknown> {
  return typeof result === "object" && result !== null && "then" in result && typeof result.then === "function";
}
