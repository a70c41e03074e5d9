/** What a middleware may change of a request beside its URL, method, headers and body. */
const FIELDS = [
  "cache",
  "credentials",
  "integrity",
  "keepalive",
  "mode",
  "redirect",
  "referrer",
  "referrerPolicy",
  "signal",
] as const;

/** Our request as the first middleware was given it, and the init that it was made of. */
export interface OwnRequest {
  request: Request;
  init: RequestInit;
}

/**
 * The init for what a middleware passed on. A `fetch` of another package knows no `Request` of this platform, and to a
 * body that is read out of one its length is lost: so our own init goes on, with what was changed.
 */
export async function passedOn(request: Request, own: OwnRequest): Promise<RequestInit> {
  const init: RequestInit = { ...own.init, method: request.method, headers: headersOf(request, own.init) };
  // Only what is another than before: some runtimes have few of these, and refuse an init that names the rest.
  const changed = request === own.request ? [] : FIELDS.filter((field) => request[field] !== own.request[field]);
  for (const field of changed) Object.assign(init, { [field]: request[field] });
  const body = await bodyOf(request, own);
  if (body === undefined) delete init.body;
  else init.body = body;
  return init;
}

function headersOf(request: Request, { headers, body }: RequestInit): Record<string, string> {
  const passed = Object.fromEntries(request.headers);
  const length = new Headers(headers).get("content-length");
  // Some runtimes leave it out of a Request; without it, a stream goes out in chunks.
  if (length !== null && body instanceof ReadableStream) passed["content-length"] ??= length;
  return passed;
}

async function bodyOf(request: Request, { request: ours, init }: OwnRequest): Promise<BodyInit | undefined> {
  const body = init.body ?? undefined;
  // Of a stream that was cloned on the way, only the request's own branch can still be read. Firefox has no `body`.
  if (body instanceof ReadableStream) return request.body ?? body;
  // A form is written anew each time it is sent, with another boundary than the headers name by now.
  if (request === ours && !(body instanceof FormData)) return body;
  if (request.body === null || request.method === "GET" || request.method === "HEAD") return undefined;
  const bytes = await request.arrayBuffer();
  // See onceOnlyBody.
  return body instanceof Blob ? new Blob([bytes]) : bytes;
}
