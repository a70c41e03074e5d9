import { LRUCache } from "lru-cache";

const MOST_ACCOUNTS = 1_000;
const MOST_VIDEOS = 200;

/** Ids of the clips that were started here, newest first, so that they can be listed: the service lists none. */
export class StartedVideos {
  readonly #ids = new LRUCache<string, readonly string[]>({ max: MOST_ACCOUNTS });

  add(account: string, id: string): void {
    this.#ids.set(account, [id, ...this.of(account)].slice(0, MOST_VIDEOS));
  }

  delete(account: string, id: string): void {
    this.#ids.set(
      account,
      this.of(account).filter((one) => one !== id),
    );
  }

  of(account: string): readonly string[] {
    return this.#ids.get(account) ?? [];
  }
}
