/**
 * What a signal was aborted with. The signals of React Native and of polyfills keep no reason; theirs is what a platform
 * gives where the caller named none.
 */
export function abortReason(signal: AbortSignal | undefined): unknown {
  const reason: unknown = signal?.reason;
  return reason === undefined ? new DOMException("This operation was aborted.", "AbortError") : reason;
}

/** As the method of that name, which not every platform's signals have. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortReason(signal);
}
