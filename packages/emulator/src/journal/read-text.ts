const maxBytes = 64 * 1024;

function isText(type: string): boolean {
  return /json|^text\/|x-www-form-urlencoded/.test(type);
}

/** The text of a request's body, with the request left readable; null for uploads and large bodies. */
export async function readText(request: Request): Promise<string | null> {
  if (request.method === "GET" || request.method === "HEAD" || request.method === "OPTIONS") return null;
  if (!isText(request.headers.get("content-type") ?? "")) return null;
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) return null;
  const reader = request.clone().body?.getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done) return new TextDecoder().decode(Buffer.concat(pieces));
    size += value.length;
    if (size > maxBytes) {
      // nobody waits for it: a copy is let go of only once the request itself is
      reader?.cancel().catch(() => {});
      return null;
    }
    pieces.push(value);
  }
}
