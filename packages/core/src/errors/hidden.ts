/**
 * Gives an error fields that are read by their name and shown by nothing: whatever lists or prints the error leaves them
 * out. What a server answered may repeat a token, and errors end up in logs.
 */
export function hide(error: object, fields: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(fields)) Object.defineProperty(error, key, { value, configurable: true });
}
