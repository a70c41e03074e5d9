/** The longest wait that `setTimeout` knows; a longer one fires at once. */
const LONGEST_MS = 2 ** 31 - 1;

export interface Timer {
  stop(): void;
}

/** `setTimeout` for waits of any length; `Infinity` never fires. */
export function startTimer(ms: number, onTime: () => void): Timer {
  return new LongTimer(ms, onTime);
}

class LongTimer implements Timer {
  #handle: ReturnType<typeof setTimeout>;

  constructor(ms: number, onTime: () => void) {
    this.#handle = this.#arm(ms, onTime);
  }

  stop(): void {
    clearTimeout(this.#handle);
  }

  #arm(leftMs: number, onTime: () => void): ReturnType<typeof setTimeout> {
    if (leftMs <= LONGEST_MS) return setTimeout(onTime, leftMs);
    return setTimeout(() => {
      this.#handle = this.#arm(leftMs - LONGEST_MS, onTime);
    }, LONGEST_MS);
  }
}
