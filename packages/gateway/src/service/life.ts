import { GatewayError } from "../errors.ts";

/** One request from its head to the end of its answer. */
export class Life {
  readonly #cut = new AbortController();
  readonly #onEnd: (() => void)[] = [];
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;

  /** @param limitMs after it the request is cut short; 0 is never */
  constructor(limitMs: number) {
    if (limitMs > 0) this.#timer = setTimeout(() => this.cut(tooLong(limitMs)), limitMs);
  }

  /** Aborts with a `GatewayError` when the request is cut short. */
  get signal(): AbortSignal {
    return this.#cut.signal;
  }

  cut(reason: GatewayError): void {
    this.#cut.abort(reason);
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
