import { refusal } from "../http/answers.ts";
import { wantsPage } from "../page/page.ts";
import { withCors } from "./cors.ts";
import type { Handler } from "./request-handler.ts";

const loopbackName = /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Whether a name or an address is this machine, whoever asks for its meaning. */
function isLoopback(hostname: string): boolean {
  return loopbackName.test(hostname);
}

/** Of `Origin` and of a URL alike; undefined for `null`, which every sandboxed frame has. */
function parsedOrigin(origin: string): URL | undefined {
  return URL.parse(origin) ?? undefined;
}

function isControl(request: Request): boolean {
  return new URL(request.url).pathname.startsWith("/__emulator");
}

/** Lets only those control the emulator who know the key. */
export function guardedByKey(handle: Handler, controlKey: string): Handler {
  return (request, outgoing) => {
    // a browser can only put the key into the address
    if (wantsPage(request) && new URL(request.url).searchParams.get("key") !== controlKey) {
      return refusal(401, "This emulator is open to other machines: its page wants its control key, /?key=…");
    }
    if (isControl(request) && request.method !== "OPTIONS" && request.headers.get("x-emulator-key") !== controlKey) {
      return refusal(401, "This emulator is open to other machines: its controls want the header x-emulator-key.");
    }
    return handle(request, outgoing);
  };
}

/**
 * Keeps the pages of other sites from the controls and from the page, which show tokens and take everything away.
 * A browser tells whose page asks by `Origin`. It says nothing of a page that asks its own site, and this one can be that
 * site by a name that means this machine for a moment; but then that name is the `Host`.
 * @param origins that are let through beside those of this machine
 */
export function guardedByOrigin(handle: Handler, origins: readonly string[]): Handler {
  const hosts = new Set(origins.map((origin) => parsedOrigin(origin)?.host));

  function refused(request: Request): string | undefined {
    const { host, hostname } = new URL(request.url);
    if (!isLoopback(hostname) && !hosts.has(host)) {
      return `The controls of this emulator are not for the host ${host}, only for localhost and 127.0.0.1.`;
    }
    const origin = request.headers.get("origin");
    if (origin === null || origins.includes(origin) || isLoopback(parsedOrigin(origin)?.hostname ?? ""))
      return undefined;
    return `The controls of this emulator are not for pages of ${origin}, only for those of this machine.`;
  }

  return (request, outgoing) => {
    // a preflight allows nothing that the request after it would not be asked for again, and a page can read why
    const isGuarded = (isControl(request) && request.method !== "OPTIONS") || wantsPage(request);
    const reason = isGuarded ? refused(request) : undefined;
    if (reason === undefined) return handle(request, outgoing);
    const way = "Start it with --control-origin or controlOrigins to let others in.";
    return withCors(refusal(403, `${reason} ${way}`, "foreign_origin"));
  };
}
