const methods = ["GET", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"];
const simpleMethods = ["GET", "HEAD", "POST"];
const simpleHeaders = ["Accept", "Accept-Language", "Content-Language"];
const exposedHeaders = [
  "Content-Encoding",
  "Content-Location",
  "Content-Range",
  "Content-Type",
  "Date",
  "Location",
  "Server",
  "Transfer-Encoding",
  "Range-Unit",
];

function union(first: readonly string[], second: readonly string[]): string {
  const known = new Set(first.map((entry) => entry.toLowerCase()));
  return [...first, ...second.filter((entry) => !known.has(entry.toLowerCase()))].join(", ");
}

/** The answer to a preflight, or `undefined` when the request is none. */
export function answerPreflight(request: Request): Response | undefined {
  const wanted = request.headers.get("access-control-request-method");
  const isPreflight = request.method === "OPTIONS" && request.headers.has("origin") && wanted !== null;
  if (!isPreflight || ![...methods, ...simpleMethods].includes(wanted)) return undefined;
  const headers = (request.headers.get("access-control-request-headers") ?? "")
    .split(",")
    .map((header) => header.trim())
    .filter((header) => header !== "");
  return new Response(null, {
    status: 200,
    headers: {
      "access-control-allow-origin": "*",
      "access-control-allow-methods": union(methods, simpleMethods),
      "access-control-allow-headers": union(["Authorization", ...headers], simpleHeaders),
      "access-control-max-age": "86400",
    },
  });
}

export function addCorsHeaders(request: Request, headers: Headers): void {
  if (!request.headers.has("origin")) return;
  headers.set("access-control-allow-origin", "*");
  headers.set("access-control-expose-headers", exposedHeaders.join(", "));
}
