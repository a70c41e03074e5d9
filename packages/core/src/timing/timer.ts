/** The longest wait that `setTimeout` knows; a longer one fires at once. */
const LONGEST_MS = 2 ** 31 - 1;

export interface Timer {
  stop(): void;
}

/** `setTimeout` for waits of any length; `Infinity` never fires. */
export function startTimer(ms: number, onTime: () => void): Timer {
  let handle: ReturnType<typeof setTimeout> | undefined;
  const arm = (leftMs: number): void => {
    handle = setTimeout(
      () => (leftMs > LONGEST_MS ? arm(leftMs - LONGEST_MS) : onTime()),
      Math.min(leftMs, LONGEST_MS),
    );
  };
  arm(ms);
  return { stop: () => clearTimeout(handle) };
}
