import { InvalidArgumentError } from "@flowith-webapi/core";

/** Of one connection, not of the answer: HTTP/1 makes its own, and HTTP/2 refuses them. */
const HOP_BY_HOP = [
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

/** What a `fetch` undoes by itself, and leaves in the headers. */
const DECODED = /^(gzip|x-gzip|deflate|br|zstd)$/i;

/** What `node:http` takes as a value. `Headers` take more. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * The headers of a response that are those of the answer to its client as well, by their names in lower case.
 * @throws InvalidArgumentError for a value that no server sends
 */
export function sentHeaders({ headers, status, url, body }: Response, isHead: boolean): Map<string, string[]> {
  const sent = new Map<string, string[]>();
  for (const [name, value] of headers) {
    if (!VALUE.test(value))
      throw new InvalidArgumentError(`pipeResponse: the header ${name} has a character that HTTP does not take.`);
    sent.set(name.toLowerCase(), [...(sent.get(name.toLowerCase()) ?? []), value]);
  }
  const named =
    headers
      .get("connection")
      ?.toLowerCase()
      .split(/[\s,]+/) ?? [];
  for (const name of [...HOP_BY_HOP, ...named]) sent.delete(name);
  // One that `fetch` gave has an address. A decoded body has another length; which, nobody says.
  const isDecoded =
    url !== "" && body !== null && (headers.get("content-encoding") ?? "").split(/\s*,\s*/).every(isKnown);
  if (isDecoded) sent.delete("content-encoding");
  const isOfNothing = status === 204 || status === 205 || (body === null && !isHead && status !== 304);
  const length = headers.get("content-length") ?? "";
  if (isDecoded || isOfNothing || headers.has("transfer-encoding") || !/^\d+$/.test(length))
    sent.delete("content-length");
  return sent;
}

function isKnown(encoding: string): boolean {
  return DECODED.test(encoding);
}
