export interface Spread {
  median: number;
  min: number;
  max: number;
  samples: number[];
}

/** @throws where there is nothing to take the median of */
export function spreadOf(samples: readonly number[]): Spread {
  const sorted = samples.toSorted((left, right) => left - right);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1];
  const high = sorted[Math.floor(middle)];
  const [min] = sorted;
  const max = sorted.at(-1);
  if (low === undefined || high === undefined || min === undefined || max === undefined) {
    throw new Error("There is no median of nothing.");
  }
  return { median: (low + high) / 2, min, max, samples: [...samples] };
}

/** The ratio of two contestants round by round, so that what slows a whole round down cancels out. */
export function ratioOf(numerators: readonly number[], denominators: readonly number[]): Spread {
  if (numerators.length !== denominators.length) throw new Error("A ratio needs as many rounds of both.");
  return spreadOf(numerators.map((numerator, round) => numerator / (denominators[round] ?? Number.NaN)));
}

/**
 * By how much y rises for each x: the median over all pairs of points (Theil and Sen), so that a single reading that is off,
 * at the end as well, tilts nothing.
 * @throws where there are fewer than two points
 */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const slopes = points.flatMap(([x, y], place) =>
    points.slice(place + 1).map(([laterX, laterY]) => (laterY - y) / (laterX - x)),
  );
  return spreadOf(slopes).median;
}
