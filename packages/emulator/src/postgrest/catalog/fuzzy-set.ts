/** What is similar enough to `wanted` to be suggested in its place, the best first. Similarity is 0 to 1. */
export interface Match {
  readonly value: string;
  readonly similarity: number;
}

const minimalSimilarity = 0.33;

function normalize(text: string): string {
  return text.toLowerCase();
}

function grams(text: string, size: number): Map<string, number> {
  const kept = `-${text.replace(/[^\p{L}\p{N} ,]/gu, "")}-`.padEnd(size, "-");
  const counts = new Map<string, number>();
  for (let start = 0; start + size <= kept.length; start += 1) {
    const gram = kept.slice(start, start + size);
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

function sharesGram(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return [...a.keys()].some((gram) => b.has(gram));
}

/** Levenshtein: how many characters to insert, delete or replace. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** First by shared trigrams, then, if none fits, by shared pairs; what shares one is measured by edit distance. */
export function findSimilar(values: readonly string[], wanted: string): Match[] {
  const target = normalize(wanted);
  const distinct = [...new Set(values)];
  const exact = distinct.find((value) => normalize(value) === target);
  if (exact !== undefined) return [{ value: exact, similarity: 1 }];
  for (const size of [3, 2]) {
    const wantedGrams = grams(target, size);
    const matches = distinct
      .filter((value) => sharesGram(grams(normalize(value), size), wantedGrams))
      .map((value) => {
        const other = normalize(value);
        return { value, similarity: 1 - editDistance(other, target) / Math.max(other.length, target.length) };
      })
      .filter(({ similarity }) => similarity > minimalSimilarity)
      .sort((a, b) => b.similarity - a.similarity);
    if (matches.length > 0) return matches;
  }
  return [];
}

export function mostSimilar(values: readonly string[], wanted: string): string | undefined {
  return findSimilar(values, wanted)[0]?.value;
}
