const methods = new Set(["GET", "POST", "PUT", "PATCH", "DELETE"]);

/** What the service itself takes. A gateway's key is not among them: see `gateway.ts`. */
const allowedHeaders = new Set([
  "accept",
  "authorization",
  "content-type",
  "x-client-ip",
  "x-client-info",
  "x-jwt-aud",
  "x-use-cookie",
  "x-supabase-api-version",
]);

export function isPreflight(request: Request): boolean {
  return request.method === "OPTIONS" && request.headers.has("access-control-request-method");
}

/** Only a preflight that is allowed gets the allowing headers; the status says nothing. */
export function answerPreflight(request: Request): Response {
  const headers = new Headers({ vary: "Origin, Access-Control-Request-Method, Access-Control-Request-Headers" });
  const method = (request.headers.get("access-control-request-method") ?? "").toUpperCase();
  const asked = request.headers.get("access-control-request-headers") ?? "";
  const names = asked.split(",").map((name) => name.trim().toLowerCase());
  const isAllowed = methods.has(method) && names.every((name) => name === "" || allowedHeaders.has(name));
  if (request.headers.has("origin") && isAllowed) {
    headers.set("access-control-allow-origin", "*");
    headers.set("access-control-allow-methods", method);
    if (asked !== "") headers.set("access-control-allow-headers", asked);
    headers.set("access-control-allow-credentials", "true");
  }
  return new Response(null, { status: 204, headers });
}

/** The headers that every answer to a plain request starts with. */
export function corsHeaders(request: Request): Headers {
  const headers = new Headers({ vary: "Origin" });
  if (request.headers.get("origin") && methods.has(request.method)) {
    headers.set("access-control-allow-origin", "*");
    headers.set("access-control-expose-headers", "X-Total-Count, Link, X-Supabase-Api-Version");
    headers.set("access-control-allow-credentials", "true");
  }
  return headers;
}
