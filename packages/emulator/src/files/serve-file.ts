import { refusal } from "../http/answers.ts";
import type { FileStore } from "./file-store.ts";

/**
 * Files are public, as at the real file hosts, so a token has no business here: a request that carries one is refused,
 * which makes a client that leaks it visible.
 */
export function serveFile(request: Request, files: FileStore): Response {
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
  const range = request.headers.get("range")?.match(/^bytes=(\d+)-(\d*)$/);
  const body = request.method === "HEAD" ? null : file.bytes;
  if (range === null || range === undefined) return new Response(body, { headers });
  const first = Number(range[1]);
  const last = Math.min(range[2] === "" ? Number.POSITIVE_INFINITY : Number(range[2]), file.bytes.length - 1);
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
