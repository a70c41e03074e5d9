import { createStore, type Store } from "./store.ts";

/** Something that is read of the service: what came last, and how the newest attempt stands. */
export interface Reading<Value> {
  value: Value | undefined;
  isLoading: boolean;
  problem?: unknown;
}

/** Reads again when it is asked to; who asks in the meantime gets one more reading behind the one under way. */
export class Reader<Value> {
  readonly store: Store<Reading<Value>> = createStore<Reading<Value>>({ value: undefined, isLoading: false });
  readonly #read: () => Promise<Value>;
  #isWanted = false;
  #reading: Promise<void> | undefined;

  constructor(read: () => Promise<Value>) {
    this.#read = read;
  }

  async load(): Promise<void> {
    this.#isWanted = true;
    this.#reading ??= this.#readAll();
    await this.#reading;
  }

  async #readAll(): Promise<void> {
    while (this.#isWanted) {
      this.#isWanted = false;
      this.store.set(({ value }) => ({ value, isLoading: true }));
      try {
        const value = await this.#read();
        this.store.set(() => ({ value, isLoading: this.#isWanted }));
      } catch (problem) {
        this.store.set(({ value }) => ({ value, isLoading: this.#isWanted, problem }));
      }
    }
    this.#reading = undefined;
  }
}
