/** As Go's `url.QueryEscape`. */
function escapeQuery(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}

/** As Go's `url.Values.Encode`: in the order of the keys, and `key=` for an empty value. */
export function encodeQuery(values: Iterable<readonly [string, string]>): string {
  return [...values]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, value]) => `${escapeQuery(key)}=${escapeQuery(value)}`)
    .join("&");
}

interface UrlParts {
  beforeQuery: string;
  query: URLSearchParams;
  /** With its `#`, or empty. */
  fragment: string;
}

/** By hand, since `URL` would add a slash to a bare host and so change where the user ends up. */
function splitUrl(url: string): UrlParts {
  const hash = url.indexOf("#");
  const fragment = hash < 0 ? "" : url.slice(hash);
  const rest = hash < 0 ? url : url.slice(0, hash);
  const mark = rest.indexOf("?");
  if (mark < 0) return { beforeQuery: rest, query: new URLSearchParams(), fragment };
  return { beforeQuery: rest.slice(0, mark), query: new URLSearchParams(rest.slice(mark + 1)), fragment };
}

/** What Go changes when it parses an address and writes it again. */
function normalized(beforeQuery: string): string {
  return beforeQuery
    .replace(/^[a-z][a-z0-9+.-]*:/i, (scheme) => scheme.toLowerCase())
    .replace(/[^\u0021-\u007e]+/g, encodeURIComponent);
}

/** Set parameters of the query; the other ones stay. */
export function withQuery(url: string, values: Iterable<readonly [string, string]>): string {
  const { beforeQuery, query, fragment } = splitUrl(url);
  for (const [key, value] of values) query.set(key, value);
  return `${normalized(beforeQuery)}?${encodeQuery(query)}${fragment}`;
}

/** Replace the fragment. The service escapes its percent signs once more, and clients live with it. */
export function withErrorFragment(url: string, values: Iterable<readonly [string, string]>): string {
  const { beforeQuery, query } = splitUrl(url);
  const encoded = encodeQuery(query);
  const fragment = encodeQuery(values).replaceAll("%", "%25");
  return `${normalized(beforeQuery)}${encoded === "" ? "" : `?${encoded}`}#${fragment}`;
}
