/** Counts what is under way, so that no pool lets a client go beneath it. */
export class AtWork {
  #count = 0;

  get isBusy(): boolean {
    return this.#count > 0;
  }

  /** Counts one piece of work. */
  async while<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#count += 1;
    try {
      return await work();
    } finally {
      this.#count -= 1;
    }
  }

  async *during<Value>(values: AsyncIterable<Value>): AsyncGenerator<Value, undefined> {
    this.#count += 1;
    try {
      yield* values;
    } finally {
      this.#count -= 1;
    }
  }
}
