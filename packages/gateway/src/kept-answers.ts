import { LRUCache } from "lru-cache";

/** All that is kept of one kind, in characters of JSON. */
const MOST_CHARS = 64 * 1024 * 1024;

/**
 * The answers of one kind that were used last, in memory, so that a next request can name them: Flowith keeps none. Those of
 * one account are not found by another.
 */
export class KeptAnswers<Answer extends object> {
  readonly #answers: LRUCache<string, Answer> | undefined;

  /** @param onGone is told of each that is not kept any more */
  constructor(most: number, onGone?: (account: string, answer: Answer) => void) {
    if (most === 0) return;
    this.#answers = new LRUCache({
      max: most,
      maxSize: MOST_CHARS,
      sizeCalculation: (answer) => JSON.stringify(answer).length,
      dispose: (answer, key) => onGone?.(accountOf(key), answer),
    });
  }

  get isOn(): boolean {
    return this.#answers !== undefined;
  }

  /** @returns whether it is kept: what is too large is not */
  put(account: string, id: string, answer: Answer): boolean {
    const key = keyOf(account, id);
    this.#answers?.set(key, answer);
    return this.#answers?.has(key) === true;
  }

  get(account: string, id: string): Answer | undefined {
    return this.#answers?.get(keyOf(account, id));
  }

  /** Whether it was there. */
  delete(account: string, id: string): boolean {
    return this.#answers?.delete(keyOf(account, id)) ?? false;
  }
}

/** Ids are made here, and have no space. */
function keyOf(account: string, id: string): string {
  return `${id} ${account}`;
}

function accountOf(key: string): string {
  return key.slice(key.indexOf(" ") + 1);
}
