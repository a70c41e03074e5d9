import { InvalidArgumentError } from "commander";

/** Two numbers with something else between them than the service has: `16x9`, `16/9`, `1920x1080`. */
const otherwise = /^\s*(\d{1,5})\s*[x×*/,;. -]\s*(\d{1,5})\s*$/i;

/** For `--aspect-ratio`, in which a model may have words such as `auto` as well. What is written otherwise is told, not guessed. */
export function aspectRatio(value: string): string {
  const [, width = "", height = ""] = otherwise.exec(value) ?? [];
  const divisor = commonDivisor(Number(width), Number(height));
  if (divisor > 0)
    throw new InvalidArgumentError(`Did you mean ${Number(width) / divisor}:${Number(height) / divisor}?`);
  return value;
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other);
}
