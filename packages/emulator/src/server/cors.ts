/** Answers a browser's preflight: everything is allowed, from everywhere. */
export function preflight(request: Request): Response {
  return new Response(null, {
    status: 204,
    headers: {
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS",
      "access-control-allow-headers": request.headers.get("access-control-request-headers") ?? "*",
      "access-control-allow-private-network": "true",
      "access-control-max-age": "600",
    },
  });
}

/** Lets pages of any origin read an answer; what the answer says itself stays. */
export function withCors(response: Response): Response {
  if (response.headers.has("access-control-allow-origin")) return response;
  const headers = new Headers(response.headers);
  headers.set("access-control-allow-origin", "*");
  headers.set("access-control-expose-headers", "*");
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
