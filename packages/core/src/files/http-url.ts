import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";

/** A string that begins with http: or https: is a URL, else a path. @throws InvalidArgumentError for half a URL */
export function httpUrl(source: unknown): URL | undefined {
  if (source instanceof URL) return /^https?:$/.test(source.protocol) ? source : undefined;
  if (typeof source !== "string" || !/^https?:/i.test(source)) return undefined;
  if (!URL.canParse(source)) throw new InvalidArgumentError(`"${source.slice(0, 60)}" is no URL.`);
  return new URL(source);
}
