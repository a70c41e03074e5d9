/** A size for people: `812 B`, `1.2 MiB`. */
export function byteSize(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  const isSmall = bytes < 1_024 * 1_024;
  return isSmall ? `${(bytes / 1_024).toFixed(1)} KiB` : `${(bytes / 1_024 / 1_024).toFixed(1)} MiB`;
}
