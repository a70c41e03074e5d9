import { LRUCache } from "lru-cache";
import type { InputItem } from "./input-schema.ts";
import type { OutputItem, ResponseBody } from "./response-body.ts";

/** A response, and all items that led to it, as those of a next one begin. */
export interface KeptResponse {
  body: ResponseBody;
  items: readonly InputItem[];
}

/** All that is kept, in characters of JSON. */
const MOST_CHARS = 64 * 1024 * 1024;

/**
 * The responses that were used last, in memory, so that a next one can name them: Flowith keeps none. Those of one account are
 * not found by another.
 */
export class KeptResponses {
  readonly #responses: LRUCache<string, KeptResponse> | undefined;
  /** Which response an item belongs to. */
  readonly #ofItems = new Map<string, string>();

  constructor(most: number) {
    if (most === 0) return;
    this.#responses = new LRUCache({
      max: most,
      maxSize: MOST_CHARS,
      sizeCalculation: ({ items, body }) => JSON.stringify([items, body]).length,
      dispose: ({ body }, key) => {
        for (const { id } of body.output) this.#ofItems.delete(keyOf(accountOf(key), id));
      },
    });
  }

  get isOn(): boolean {
    return this.#responses !== undefined;
  }

  put(account: string, response: KeptResponse): void {
    const key = keyOf(account, response.body.id);
    this.#responses?.set(key, response);
    // What is too large is not taken.
    if (this.#responses?.has(key) !== true) return;
    for (const { id } of response.body.output) this.#ofItems.set(keyOf(account, id), key);
  }

  get(account: string, id: string): KeptResponse | undefined {
    return this.#responses?.get(keyOf(account, id));
  }

  item(account: string, id: string): OutputItem | undefined {
    const response = this.#responses?.get(this.#ofItems.get(keyOf(account, id)) ?? "");
    return response?.body.output.find((item) => item.id === id);
  }

  /** Whether it was there. */
  delete(account: string, id: string): boolean {
    return this.#responses?.delete(keyOf(account, id)) ?? false;
  }
}

function keyOf(account: string, id: string): string {
  return `${id} ${account}`;
}

/** Ids are made here, and have no space. */
function accountOf(key: string): string {
  return key.slice(key.indexOf(" ") + 1);
}
