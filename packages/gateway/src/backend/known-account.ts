import { AuthenticationError } from "flowith-webapi";

/**
 * Whether the service knows an account. The catalogue is open to all, and clients list models to find out whether their key is
 * a good one.
 */
export class KnownAccount {
  #isKnown = false;

  /** @param ask a request that costs nothing; after one that succeeded there is none @throws AuthenticationError */
  async check(ask: () => Promise<unknown>): Promise<void> {
    if (this.#isKnown) return;
    try {
      await ask();
      this.#isKnown = true;
    } catch (error) {
      // What else goes wrong tells nothing of the account, and the catalogue may be there all the same.
      if (AuthenticationError.is(error)) throw error;
    }
  }
}
