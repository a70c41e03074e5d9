/** Names of the Python client, and of what others call it, that no counting of letters leads to. */
const OTHER_NAMES: Readonly<Record<string, string>> = { systemprompt: "system", duration: "durationSeconds" };

/**
 * The name that a field was most likely meant to have, if any: the same letters in another spelling, or one letter more,
 * less, other or exchanged, and two in a long name.
 */
export function nearMiss(field: string, names: readonly string[]): string | undefined {
  const letters = plain(field);
  const other = Object.hasOwn(OTHER_NAMES, letters) ? OTHER_NAMES[letters] : undefined;
  return (
    names.find((name) => plain(name) === letters) ??
    names.find((name) => editsBetween(letters, plain(name)) <= mostEdits(name)) ??
    names.find((name) => name === other)
  );
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z\d]/g, "");
}

/** Every short word is close to some other. */
function mostEdits({ length }: string): number {
  if (length < 4) return 0;
  return length < 7 ? 1 : 2;
}

/** The least number of letters to put in, take out, replace or exchange with the next (optimal string alignment). */
function editsBetween(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const isExchanged = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const edits = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isExchanged ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
      current.push(edits);
    }
    [before, last] = [last, current];
  }
  return last[other.length] ?? 0;
}
