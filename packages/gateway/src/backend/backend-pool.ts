import { ClientPool } from "flowith-webapi";
import type { Account } from "../accounts/account.ts";
import type { GatewayOptions } from "../gateway-options.ts";
import type { Backend } from "./backend.ts";
import { DeveloperBackend } from "./developer-backend.ts";
import { WebBackend } from "./web-backend.ts";

/** A backend for each account, kept while it is used. */
export class BackendPool {
  readonly #pool: ClientPool<Backend>;
  /** Those whose backend is being made: the pool knows keys alone. */
  readonly #asking = new Map<string, Account>();

  constructor(options: GatewayOptions) {
    const { clientIdleMs = 3_600_000 } = options;
    this.#pool = new ClientPool<Backend>({
      ...(clientIdleMs === 0 ? {} : { maxIdleMs: clientIdleMs }),
      ...(options.maxClients === undefined ? {} : { max: options.maxClients }),
      create: (key) => {
        const account = this.#asking.get(key);
        if (account === undefined) throw new Error("A backend was asked for without its account.");
        return backendOf(account, options);
      },
    });
  }

  async get(account: Account): Promise<Backend> {
    this.#asking.set(account.key, account);
    try {
      return await this.#pool.get(account.key);
    } finally {
      this.#asking.delete(account.key);
    }
  }

  close(): void {
    this.#pool.close();
  }
}

function backendOf(account: Account, { flowith = {}, toolBridge = false, direct = false }: GatewayOptions): Backend {
  return account.apiKey === undefined
    ? new WebBackend({ ...flowith, ...account.session }, { toolBridge, direct })
    : new DeveloperBackend(account.apiKey, flowith);
}
