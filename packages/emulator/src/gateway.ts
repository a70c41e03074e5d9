import { consentPath } from "./gotrue/consent-path.ts";
import { maxBodyBytes, readBytes } from "./http/read-bytes.ts";

export interface GatewayOptions {
  publishableKey: string;
  rest(request: Request): Promise<Response>;
  auth(request: Request): Promise<Response>;
}

/** What a browser or a provider opens by itself, and so without a key. */
const openPaths: readonly string[] = [
  "/auth/v1/authorize",
  "/auth/v1/callback",
  "/auth/v1/verify",
  "/auth/v1/.well-known/jwks.json",
];

const isOpen = (path: string) => openPaths.includes(path) || path.startsWith(`/auth/v1${consentPath}/`);

const noKey = {
  message: "No API key found in request",
  hint: "No `apikey` request header or url param was found.",
};

const wrongKey = {
  message: "Invalid API key",
  hint: "Double check your Supabase `anon` or `service_role` API key.",
};

function refuse(status: number, body: object): Response {
  const headers = { "content-type": "application/json; charset=utf-8", "access-control-allow-origin": "*" };
  return new Response(JSON.stringify(body), { status, headers });
}

/** The request as the service behind sees it: without the prefix, the key and a bearer that is only the key. */
function stripped(
  request: Request,
  body: Uint8Array<ArrayBuffer> | null,
  url: URL,
  { prefix, publishableKey }: { prefix: string; publishableKey: string },
): Request {
  const target = new URL(url);
  target.pathname = url.pathname.slice(prefix.length) || "/";
  // Parameters are taken out of the text, since a service reads its query exactly as it was sent.
  target.search = url.search.replace(/([?&])apikey=[^&]*(?:&|$)/, "$1").replace(/[?&]$/, "");
  const headers = new Headers(request.headers);
  headers.delete("apikey");
  const bearer = /^bearer (.*)$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (bearer === publishableKey) headers.delete("authorization");
  // The constructor refuses what a server can receive all the same.
  const canBeConstructed = !/^(CONNECT|TRACE|TRACK)$/.test(request.method);
  const init = {
    method: canBeConstructed ? request.method : "GET",
    headers,
    body,
    signal: request.signal,
    redirect: "manual",
  } as const;
  const passedOn = new Request(target, init);
  if (!canBeConstructed) Object.defineProperty(passedOn, "method", { value: request.method });
  return passedOn;
}

/**
 * The auth service knows nothing of the gateway's key and so allows no browser to send it.
 * As in a hosted project, the gateway allows what the service has not.
 */
function allowPreflight(request: Request, answer: Response): Response {
  if (answer.headers.has("access-control-allow-origin") || !request.headers.has("origin")) return answer;
  const headers = new Headers(answer.headers);
  headers.set("access-control-allow-origin", "*");
  headers.set("access-control-allow-methods", request.headers.get("access-control-request-method") ?? "");
  headers.set("access-control-allow-headers", request.headers.get("access-control-request-headers") ?? "");
  return new Response(null, { status: answer.status, headers });
}

/** What stands in front of the services: it knows the key, and passes on without it. */
export function createGateway(options: GatewayOptions): (request: Request) => Promise<Response> {
  const services = [
    { prefix: "/rest/v1", answer: options.rest },
    { prefix: "/auth/v1", answer: options.auth },
  ];
  return async (request) => {
    const url = new URL(request.url);
    const service = services.find(({ prefix }) => url.pathname === prefix || url.pathname.startsWith(`${prefix}/`));
    if (service === undefined) return refuse(404, { message: "no Route matched with those values" });
    if (request.method !== "OPTIONS" && !isOpen(url.pathname)) {
      const key = request.headers.get("apikey") ?? url.searchParams.get("apikey");
      if (!key) return refuse(401, noKey);
      if (key !== options.publishableKey) return refuse(401, wrongKey);
    }
    const body = request.body === null ? null : await readBytes(request, maxBodyBytes);
    if (body === undefined) return refuse(413, { message: "Request size limit exceeded" });
    const { prefix } = service;
    const { publishableKey } = options;
    const answer = await service.answer(stripped(request, body, url, { prefix, publishableKey }));
    const isPreflight = request.method === "OPTIONS" && request.headers.has("access-control-request-method");
    return isPreflight ? allowPreflight(request, answer) : answer;
  };
}
