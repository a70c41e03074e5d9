/** Shapes that most models have. */
export const COMMON_RATIOS: readonly string[] = ["1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "21:9"];

/** Of `16:9`, and of pixels such as `1536x1024`. */
export function ratioOf(name: string): number {
  const [width = 1, height = 1] = name.split(/[:x]/).map(Number);
  return width / height;
}

/** How far two sizes are apart, as a factor. A name that is no size is farthest. */
export function apart(one: number, other: number): number {
  const distance = Math.abs(Math.log(one / other));
  return Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance;
}

/** Pixels are seldom a ratio to the last one: 854x480 is 16:9. */
const EXACT = 0.02;

export function isExactly(ratio: string, wanted: number): boolean {
  return apart(ratioOf(ratio), wanted) < EXACT;
}

export function commonRatioOf(width: number, height: number): string | undefined {
  return COMMON_RATIOS.find((ratio) => isExactly(ratio, width / height));
}
