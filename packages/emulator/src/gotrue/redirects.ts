import type { AuthContext, Exchange } from "./context.ts";
import { globToPattern } from "./glob.ts";

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

const isLoopbackName = (host: string) => host === "localhost" || host === "127.0.0.1" || host === "[::1]";

function isIpAddress(host: string): boolean {
  return /^\d+(?:\.\d+){3}$/.test(host) || host.startsWith("[");
}

/** The site itself is always allowed; on a loopback host with any port (RFC 8252, section 7.3). */
function isOfSite(site: URL, target: URL): boolean {
  if (site.hostname !== target.hostname || site.protocol !== target.protocol) return false;
  return site.port === target.port || isLoopbackName(target.hostname);
}

export function isRedirectAllowed(
  context: Pick<AuthContext, "siteUrl" | "allowedRedirects">,
  redirect: string,
): boolean {
  if (redirect === "") return false;
  const site = parseUrl(context.siteUrl);
  const target = parseUrl(redirect);
  if (site && target && isOfSite(site, target)) return true;
  // As written: the URL parser would turn a decimal address into a dotted one.
  if (/^[a-z]+:\/\/(?:[^/@]*@)?\d+(?:[:/?#]|$)/i.test(redirect)) return false;
  if (target && isIpAddress(target.hostname)) return target.hostname.startsWith("127.") || target.hostname === "[::1]";
  const withoutFragment = redirect.split("#", 1)[0] ?? "";
  return context.allowedRedirects.some((glob) => globToPattern(glob).test(withoutFragment));
}

/** Where a flow ends: the wish of the request, else the page it came from, else the site. */
export function redirectTarget({ context, request, url }: Exchange): string {
  const candidates = [
    request.headers.get("redirect_to") || url.searchParams.get("redirect_to"),
    request.headers.get("referer"),
  ];
  return candidates.find((candidate) => isRedirectAllowed(context, candidate ?? "")) ?? context.siteUrl;
}
