/** Whether each word stands somewhere in the texts, in whatever case. */
export function hasWords(texts: readonly (string | null | undefined)[], words: readonly string[]): boolean {
  const all = texts.join("\n").toLowerCase();
  return words.every((word) => all.includes(word.toLowerCase()));
}
