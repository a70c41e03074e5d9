import { FlowithError } from "../errors/flowith-error.ts";
import type { TimeoutOptions } from "../options/options.ts";
import { type Deadline, deadline } from "../timing/deadline.ts";
import { type Deferred, deferred } from "../timing/deferred.ts";
import type { EventTap } from "./event-connection.ts";

/** How many events wait for a slow consumer. A connection that jobs share cannot be held back for it. */
const MOST_WAITING = 10_000;

export interface EventFeedOptions<T> {
  /** For messages, such as `events.stream`. */
  label: string;
  /** Begins to listen. @returns what ends it */
  listen(tap: EventTap): () => void;
  /** @returns undefined for what is left out */
  read(value: Record<string, unknown>): T | undefined;
  signal: AbortSignal | undefined;
  timeout: TimeoutOptions | undefined;
}

/**
 * One reading of an event connection. Listens from the first `next()` on; ends quietly by `return()` (as `break` does),
 * and throws everything else that ends it, after what had come before.
 */
export class EventFeed<T> implements AsyncIterableIterator<T, undefined> {
  readonly #options: EventFeedOptions<T>;
  readonly #waiting: T[] = [];
  readonly #readers: Deferred<IteratorResult<T, undefined>>[] = [];
  #limit: Deadline | undefined;
  #stopListening: () => void = () => undefined;
  /** Set once nothing more comes; its error is thrown once. */
  #end: { error?: unknown } | undefined;

  constructor(options: EventFeedOptions<T>) {
    this.#options = options;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const reader = deferred<IteratorResult<T, undefined>>();
    this.#readers.push(reader);
    if (this.#limit === undefined && this.#end === undefined) this.#start();
    this.#serve();
    return reader.promise;
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.#waiting.length = 0;
    this.#finish({});
    this.#end = {};
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #start(): void {
    const { label, listen, read, signal, timeout } = this.#options;
    const limit = deadline(label, signal);
    this.#limit = limit;
    if (limit.signal.aborted) {
      this.#finish({ error: limit.signal.reason });
      return;
    }
    limit.signal.addEventListener("abort", () => this.#finish({ error: limit.signal.reason }), { once: true });
    limit.start("total", timeout?.totalMs);
    limit.start("first-event", timeout?.firstEventMs);
    limit.start("idle", timeout?.idleMs);
    this.#stopListening = listen({
      onEnd: (error) => this.#finish({ error }),
      onValue: (value) => {
        const event = read(value);
        if (event === undefined || this.#end !== undefined) return;
        limit.stop("first-event");
        limit.start("idle", timeout?.idleMs);
        if (this.#waiting.length >= MOST_WAITING) this.#finish({ error: tooSlow(label) });
        else this.#waiting.push(event);
        this.#serve();
      },
    });
  }

  #finish(end: { error?: unknown }): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.#stopListening();
    this.#limit?.release();
    this.#serve();
  }

  #serve(): void {
    while (this.#readers.length > 0) {
      const [event] = this.#waiting;
      if (event !== undefined) {
        this.#waiting.shift();
        this.#readers.shift()?.resolve({ done: false, value: event });
        continue;
      }
      if (this.#end === undefined) return;
      const { error } = this.#end;
      this.#end = {};
      const reader = this.#readers.shift();
      if (error === undefined) reader?.resolve({ done: true, value: undefined });
      else reader?.reject(error);
    }
  }
}

function tooSlow(label: string): FlowithError {
  return new FlowithError(
    `${label}: ${MOST_WAITING} events are waiting to be read, so the next ones would be lost. Read faster, or hand the work to a queue of your own.`,
    { code: "events_overflow" },
  );
}
