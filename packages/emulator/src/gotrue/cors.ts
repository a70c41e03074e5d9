const methods = new Set(["GET", "POST", "PUT", "PATCH", "DELETE"]);

/** What the service itself takes. A gateway's key is not among them: see `gateway.ts`. */
const allowedHeaders = [
  "accept",
  "authorization",
  "content-type",
  "x-client-info",
  "x-client-ip",
  "x-jwt-aud",
  "x-supabase-api-version",
  "x-use-cookie",
];

/** The list has to be as browsers write it (Fetch, section 4.8): small letters, in order, without spaces. */
function areAllowed(asked: string): boolean {
  if (asked === "") return true;
  const places = asked.split(",").map((name) => allowedHeaders.indexOf(name));
  return places.every((place, index) => place > (places[index - 1] ?? -1));
}

const isAllowed = (method: string) => methods.has(method) || method === "OPTIONS";

export function isPreflight(request: Request): boolean {
  return request.method === "OPTIONS" && request.headers.has("access-control-request-method");
}

/** Only a preflight that is allowed gets the allowing headers; the status says nothing. */
export function answerPreflight(request: Request): Response {
  const headers = new Headers({ vary: "Origin, Access-Control-Request-Method, Access-Control-Request-Headers" });
  const method = request.headers.get("access-control-request-method") ?? "";
  const asked = request.headers.get("access-control-request-headers") ?? "";
  if (request.headers.has("origin") && isAllowed(method) && areAllowed(asked)) {
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
  if (request.headers.get("origin") && isAllowed(request.method)) {
    headers.set("access-control-allow-origin", "*");
    headers.set("access-control-expose-headers", "X-Total-Count, Link, X-Supabase-Api-Version");
    headers.set("access-control-allow-credentials", "true");
  }
  return headers;
}
