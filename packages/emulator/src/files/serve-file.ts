import { notEmulated, refusal } from "../http/answers.ts";
import type { FileStore } from "./file-store.ts";

interface ByteRange {
  first: number;
  last: number;
}

/** What a `Range` asks for; undefined for none, for one that is malformed, and for several, which nobody has to give. */
function rangeOf(header: string | null, size: number): ByteRange | undefined {
  const [, from = "", to = ""] = header?.match(/^bytes=(\d*)-(\d*)$/) ?? [];
  if (from === "" && to === "") return undefined;
  if (from === "") return { first: Math.max(0, size - Number(to)), last: size - 1 };
  if (to !== "" && Number(to) < Number(from)) return undefined;
  return { first: Number(from), last: to === "" ? size - 1 : Math.min(Number(to), size - 1) };
}

/**
 * Files are public, as at the real file hosts, so a token has no business here: a request that carries one is refused,
 * which makes a client that leaks it visible.
 */
export function serveFile(request: Request, files: FileStore): Response {
  if (request.method !== "GET" && request.method !== "HEAD") return notEmulated(request);
  if (request.headers.has("authorization") || request.headers.has("apikey")) {
    return refusal(400, "A file host was sent a token: this request must go without authorization.", "token_leaked");
  }
  const file = files.findByUrl(request.url);
  if (file === undefined) return refusal(404, "No such file");
  const headers = {
    "content-type": file.contentType,
    "content-length": String(file.bytes.length),
    "accept-ranges": "bytes",
  };
  const range = rangeOf(request.headers.get("range"), file.bytes.length);
  const body = request.method === "HEAD" ? null : file.bytes;
  if (range === undefined) return new Response(body, { headers });
  const { first, last } = range;
  if (first > last) {
    return new Response(null, { status: 416, headers: { "content-range": `bytes */${file.bytes.length}` } });
  }
  const part = file.bytes.subarray(first, last + 1);
  return new Response(request.method === "HEAD" ? null : part, {
    status: 206,
    headers: {
      ...headers,
      "content-length": String(part.length),
      "content-range": `bytes ${first}-${last}/${file.bytes.length}`,
    },
  });
}
