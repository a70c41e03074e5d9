/**
 * Of a request: what is the gateway's own matter, or tells of the page and its browser more than the service needs. Hop-by-hop
 * ones are left out by the library, in both directions.
 */
const NOT_SENT = [
  "proxy-connection",
  "expect",
  "host",
  // The body is sent as it comes, in pieces.
  "content-length",
  // The platform's `fetch` asks for what it can unpack.
  "accept-encoding",
  "cookie",
  "origin",
  "referer",
  "forwarded",
  "via",
  "x-real-ip",
];
const NOT_SENT_PREFIX = /^(sec-|x-forwarded-|cf-|access-control-)/;

/** Of an answer: what would bind the gateway's own origin. */
const NOT_GIVEN = ["set-cookie", "set-cookie2", "strict-transport-security", "alt-svc", "clear-site-data", "refresh"];
const NOT_GIVEN_PREFIX = /^access-control-/;

export function sentHeaders(given: Headers): Headers {
  const named = (given.get("connection") ?? "").split(",").map((name) => name.trim().toLowerCase());
  // Whoever names these as of one hop wants them to be lost on the way.
  const left = new Set([...NOT_SENT, ...named.filter((name) => name !== "authorization" && name !== "apikey")]);
  return new Headers([...given].filter(([name]) => !left.has(name) && !NOT_SENT_PREFIX.test(name)));
}

export function givenHeaders(answered: Headers): Headers {
  const kept = [...answered].filter(([name]) => !NOT_GIVEN.includes(name) && !NOT_GIVEN_PREFIX.test(name));
  const headers = new Headers(kept);
  // What comes from there is data, also where it says that it is a page.
  headers.set("content-security-policy", "sandbox; default-src 'none'");
  headers.set("x-content-type-options", "nosniff");
  return headers;
}
