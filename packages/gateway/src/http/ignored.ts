const MOST = 50;

/** The header that names what a request asked for and does not get. Names are the caller's, so nothing of them is trusted. */
export function ignoredHeader(names: Iterable<string>): Record<string, string> {
  const unique = [...new Set(names)].slice(0, MOST).map((name) => name.slice(0, 64).replace(/[^\w.-]/g, "_"));
  return unique.length === 0 ? {} : { "x-flowith-ignored": unique.join(", ") };
}
