/**
 * Gives an error fields that are read by their name and shown by nothing: whatever lists or prints the error leaves them
 * out. What a server answered may repeat a token, and errors end up in logs.
 */
export function hide(error: object, fields: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(fields)) Object.defineProperty(error, key, { value, configurable: true });
}

/** Gives an error fields in place of those that its class gave it; what is undefined leaves them as they are. */
export function show(error: object, fields: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(fields)) {
    if (value !== undefined) Object.defineProperty(error, key, { value, enumerable: true, configurable: true });
  }
}
