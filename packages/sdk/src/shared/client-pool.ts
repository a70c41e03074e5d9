import { InvalidArgumentError, RequestBudget } from "@flowith-webapi/core";
import { checkedOptions, now } from "@flowith-webapi/core/http";
import { storeKey } from "../stores/store-key.ts";

/** What a pool asks of its clients; a `Flowith` is one. */
export interface PooledClient {
  readonly isBusy: boolean;
  shareRequests(budget: RequestBudget): void;
  close(): void;
}

/** How many clients a pool keeps, and how it makes one. */
export interface ClientPoolOptions<Client extends PooledClient> {
  /** How many clients are kept. Those that are at work are kept beyond it. Default 1_000. */
  max?: number | undefined;
  /**
   * After how long a client is let go that nobody has asked for and that was not at work, in ms. All are looked at when one is
   * asked for, so that no timer keeps a process alive: a pool that nobody asks keeps what it has. Default: never.
   */
  maxIdleMs?: number | undefined;
  /**
   * How many plain requests of all its clients together are under way at once, in place of the clients' own `maxRequests`.
   * Default: each client has its own.
   */
  maxRequests?: number | undefined;
  /** Makes the client of a key, such as a user's id. What it throws is thrown by `get`, and tried anew at the next one. */
  create(key: string): Client | Promise<Client>;
}

/** A client that is kept. A promise is one that is still being made. */
interface Kept<Client> {
  client: Client | Promise<Client>;
  usedAtMs: number;
}

/**
 * A client for each of many users in one process. The one that was asked for least recently is let go first, with `maxIdleMs`
 * also one that nobody needs any more, and never while it is at work; with a `store` of its user's, the next one goes on where it left off. For servers and bots; in a Worker, a
 * client a request costs nothing.
 * @example
 * const pool = new ClientPool({ create: (userId) => new Flowith({ store: keyValueSessionStore(redis, userId) }) });
 * const flowith = await pool.get(userId);
 * if ((await flowith.auth.session()) === null) showSignIn();
 */
export class ClientPool<Client extends PooledClient> {
  readonly #create: (key: string) => Client | Promise<Client>;
  readonly #max: number;
  readonly #maxIdleMs: number;
  readonly #budget: RequestBudget | undefined;
  /** The least recently used first. */
  readonly #clients = new Map<string, Kept<Client>>();

  /** @throws InvalidArgumentError for an option that is unknown or of the wrong type, or without `create` */
  constructor(options: ClientPoolOptions<Client>) {
    const {
      max = 1_000,
      maxIdleMs = Number.POSITIVE_INFINITY,
      maxRequests,
    } = checkedOptions<ClientPoolOptions<Client>>(
      "ClientPool",
      { max: "positiveCount", maxIdleMs: "positive", maxRequests: "positiveCount", create: "callable" },
      options,
    );
    if (options.create === undefined) throw new InvalidArgumentError('ClientPool: option "create" is missing.');
    this.#create = (key) => options.create(key);
    this.#max = max;
    this.#maxIdleMs = maxIdleMs;
    this.#budget = maxRequests === undefined ? undefined : new RequestBudget(maxRequests);
  }

  /** How many clients there are. */
  get size(): number {
    return this.#clients.size;
  }

  /**
   * The client of a key, which is made where there is none; whoever asks meanwhile gets the same one.
   * @throws InvalidArgumentError for a key that is empty or no text; what `create` throws
   * @example
   * const pool = new ClientPool({ create: (userId) => new Flowith({ store: keyValueSessionStore(redis, userId) }) });
   * const { auth } = await pool.get(userId);
   */
  async get(key: string): Promise<Client> {
    storeKey("ClientPool.get", key);
    const client = this.#clients.get(key)?.client ?? this.#made(key);
    this.#put(key, client);
    this.#letGo(key);
    return client;
  }

  /**
   * Closes all clients at once, as their own `close()` does, and forgets them. The pool can be used again.
   * @example
   * const pool = new ClientPool({ create: () => new Flowith({ token, refreshToken }) });
   * const answer = (await pool.get(userId)).generate("Write a novel.");
   * pool.close();
   * await answer.catch((error) => console.log(error.name));
   */
  close(): void {
    const clients = [...this.#clients.values()];
    this.#clients.clear();
    for (const { client } of clients) {
      if (!isPromise(client)) client.close();
      else client.then((made) => made.close()).catch(() => undefined);
    }
  }

  /** As the one that was used last. */
  #put(key: string, client: Client | Promise<Client>): void {
    this.#clients.delete(key);
    this.#clients.set(key, { client, usedAtMs: now() });
  }

  /** Kept as itself once it is there, so that in Workers no request awaits another one's promise. */
  #made(key: string): Client | Promise<Client> {
    const made = this.#create(key);
    if (!isPromise(made)) return this.#adopted(made);
    const client = made.then((value) => this.#adopted(value));
    const settled = (value: Client | undefined): void => {
      const kept = this.#clients.get(key);
      if (kept?.client !== client) return;
      // In its old place: being made is no use.
      if (value === undefined) this.#clients.delete(key);
      else kept.client = value;
    };
    client.then(settled, () => settled(undefined));
    return client;
  }

  #adopted(client: Client): Client {
    if (typeof client?.close !== "function") throw new InvalidArgumentError("ClientPool: create gave no client.");
    if (this.#budget !== undefined) client.shareRequests(this.#budget);
    return client;
  }

  /** Those that have been idle for too long, and others down to `max`, but none at work. @param wanted has just been asked for */
  #letGo(wanted: string): void {
    const nowMs = now();
    for (const [key, { client, usedAtMs }] of this.#clients) {
      const isTooOld = nowMs - usedAtMs >= this.#maxIdleMs;
      // Those after it were used later.
      if (!isTooOld && this.#clients.size <= this.#max) return;
      if (key === wanted || isPromise(client)) continue;
      if (!client.isBusy) {
        this.#clients.delete(key);
        client.close();
      } else if (isTooOld) this.#put(key, client);
    }
  }
}

function isPromise<T extends object>(value: T | Promise<T>): value is Promise<T> {
  return typeof value === "object" && value !== null && "then" in value;
}
