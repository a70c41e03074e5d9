import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { callBack } from "./call-back.ts";
import type { Logger } from "./logger.ts";

/** The listeners of one kind of event. What one throws is logged: it harms neither the others nor what the event is of. */
export class Listeners<Event> {
  readonly #label: string;
  readonly #logger: Logger;
  /** In an object each, since one function that is added twice is two listeners. */
  readonly #entries = new Set<{ listener: (event: Event) => void }>();

  /** @param label the method that adds listeners, as a user knows it */
  constructor(label: string, logger: Logger) {
    this.#label = label;
    this.#logger = logger;
  }

  /** @returns what ends it @throws InvalidArgumentError */
  add(listener: (event: Event) => void): () => void {
    if (typeof listener !== "function")
      throw new InvalidArgumentError(`${this.#label}: the listener must be a function.`);
    const entry = { listener };
    this.#entries.add(entry);
    return () => void this.#entries.delete(entry);
  }

  /** @param eventFor makes the event, anew for each listener */
  tell(eventFor: () => Event): void {
    for (const { listener } of [...this.#entries]) {
      callBack(
        () => listener(eventFor()),
        (error) => this.#logger.error(`${this.#label}: a listener threw`, { error: String(error) }),
      );
    }
  }
}
