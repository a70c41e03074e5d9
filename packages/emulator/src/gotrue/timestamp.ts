/** RFC 3339 as the service writes it: UTC, and no zeros at the end of the fraction. */
export function formatTimestamp(time: Date): string {
  return time.toISOString().replace(/\.?0*Z$/, "Z");
}

/** Times go into statements as text, since the database has its own clock and the emulator's rules. */
export function sqlTimestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
