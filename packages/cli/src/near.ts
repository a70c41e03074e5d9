/** The names that a mistyped one is nearest to; none where all are far from it. */
export function near(word: string, names: readonly string[]): string[] {
  const ranked = names.map((name) => ({ name, distance: distance(word.toLowerCase(), name.toLowerCase()) }));
  const least = Math.min(...ranked.map((entry) => entry.distance));
  const most = Math.max(1, Math.floor(word.length / 3));
  const begun = names.filter((name) => word !== "" && name.startsWith(word));
  if (begun.length > 0) return begun;
  return least > most ? [] : ranked.filter((entry) => entry.distance === least).map(({ name }) => name);
}

/** How many letters have to be added, left out, changed or swapped (Damerau and Levenshtein). */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(change, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
