import { GatewayError } from "../errors.ts";

const LAST_WORDS_MS = 1_000;

/** One request from its head to the end of its answer. */
export class Life {
  readonly #cut = new AbortController();
  readonly #onEnd: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #onEndless: () => void;
  #isEndless = false;
  #isOver = false;

  /**
   * @param limitMs after it the request is cut short; 0 is never
   * @param onEndless is told when it turns out to be of no end
   */
  constructor(limitMs: number, onEndless: () => void) {
    this.#onEndless = onEndless;
    if (limitMs > 0) this.#timer = setTimeout(() => this.cut(tooLong(limitMs)), limitMs);
  }

  /** Aborts with a `GatewayError` when the request is cut short. */
  get signal(): AbortSignal {
    return this.#cut.signal;
  }

  /** Whether nothing but the client or a shutdown ends it. */
  get isEndless(): boolean {
    return this.#isEndless;
  }

  /** Takes the limit of time away. */
  goOn({ isEndless }: { isEndless: boolean }): void {
    if (this.#isOver || this.#cut.signal.aborted) return;
    clearTimeout(this.#timer);
    this.#isEndless = isEndless;
    if (isEndless) this.#onEndless();
  }

  /** Aborts what is under way. A client that does not read what is left to say has a moment for it. */
  cut(reason: GatewayError): void {
    if (this.#isOver || this.#cut.signal.aborted) return;
    this.#cut.abort(reason);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end(), LAST_WORDS_MS);
  }

  onEnd(callback: () => void): void {
    if (this.#isOver) callback();
    else this.#onEnd.push(callback);
  }

  /** Only the first call counts. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    for (const callback of this.#onEnd) callback();
  }
}

function tooLong(limitMs: number): GatewayError {
  const message = `The request took longer than ${limitMs} ms, which is the most that it may here.`;
  return new GatewayError({ status: 504, code: "request_timeout", message });
}
