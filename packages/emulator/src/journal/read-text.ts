const maxBytes = 64 * 1024;

function isText(type: string): boolean {
  return /json|^text\/|x-www-form-urlencoded/.test(type);
}

/** The text of a request's body, with the request left readable; null for uploads and large bodies. */
export async function readText(request: Request): Promise<string | null> {
  if (request.method === "GET" || request.method === "HEAD" || request.method === "OPTIONS") return null;
  if (!isText(request.headers.get("content-type") ?? "")) return null;
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) return null;
  return (await request.clone().text()).slice(0, maxBytes);
}
