/** Use of something, to be ended. */
export interface Lease<T> {
  value: T;
  /** Once only. */
  release(): void;
}

interface Entry<T> {
  value: T;
  users: number;
  /** Whether it is given out no more. */
  isPast: boolean;
  /** Made in its request: Workers allow none in the global scope, and no other request to look at it. */
  probe: AbortController;
}

/**
 * One thing for all, or where nothing but values may be shared (Workers), one for each request that is being served. A
 * request is told from another by what workerd says to who touches an I/O object, such as an `AbortSignal`, "on behalf of a
 * different request"; the requests to a Durable Object are one in this.
 */
export class PerRequest<T> {
  readonly #create: () => T;
  #shared: Lease<T> | undefined;
  readonly #entries = new Set<Entry<T>>();

  constructor(isShared: boolean, create: () => T) {
    this.#create = create;
    this.#shared = isShared ? lasting(create()) : undefined;
  }

  take(): Lease<T> {
    if (this.#shared !== undefined) return this.#shared;
    const entry = this.#own() ?? this.#add();
    entry.users++;
    return { value: entry.value, release: () => void entry.users-- };
  }

  /**
   * From now on everybody who takes one gets a new one; who has one keeps it.
   * @returns the last one, as far as this request may look at it
   */
  renew(): T | undefined {
    if (this.#shared !== undefined) {
      const last = this.#shared;
      this.#shared = lasting(this.#create());
      return last.value;
    }
    const own = this.#own();
    for (const entry of this.#entries) entry.isPast = true;
    return own?.value;
  }

  #own(): Entry<T> | undefined {
    for (const entry of this.#entries) {
      if (!entry.isPast && isOfThisRequest(entry.probe)) return entry;
      // Its request is over, or will make another one: nothing of it is in use.
      if (entry.users === 0) this.#entries.delete(entry);
    }
    return undefined;
  }

  #add(): Entry<T> {
    const entry: Entry<T> = { value: this.#create(), users: 0, isPast: false, probe: new AbortController() };
    this.#entries.add(entry);
    return entry;
  }
}

/** What nobody counts the users of. */
function lasting<T>(value: T): Lease<T> {
  return { value, release: () => undefined };
}

function isOfThisRequest({ signal }: AbortController): boolean {
  try {
    return !signal.aborted;
  } catch {
    return false;
  }
}
