import type { AuthContext, Exchange } from "./context.ts";
import { globToPattern } from "./glob.ts";

interface Origin {
  scheme: string;
  /** In the spelling of the address, with the brackets of an IPv6 one. */
  host: string;
  port: string;
}

/** By hand, since `URL` rewrites hosts, and the service compares them as they are written. */
function originOf(address: string): Origin | undefined {
  const match = /^(?:([a-z][a-z0-9+.-]*):)?\/\/(?:[^/?#]*@)?(\[[^\]]*\]|[^/?#:]*)(?::(\d*))?(?:[/?#]|$)/i.exec(address);
  if (match === null) return undefined;
  const [, scheme = "", host = "", port = ""] = match;
  return { scheme: scheme.toLowerCase(), host, port };
}

const isLoopbackName = (host: string) => host === "localhost" || host === "127.0.0.1" || host === "[::1]";

const isIpAddress = (host: string) => /^\d+(?:\.\d+){3}$/.test(host) || host.startsWith("[");

/** The site itself is always allowed; on a loopback host with any port (RFC 8252, section 7.3). */
function isOfSite(site: Origin, target: Origin): boolean {
  if (site.host !== target.host || site.scheme !== target.scheme) return false;
  return site.port === target.port || isLoopbackName(target.host);
}

function isRedirectAllowed(context: Pick<AuthContext, "siteUrl" | "allowedRedirects">, redirect: string): boolean {
  if (redirect === "") return false;
  const site = originOf(context.siteUrl);
  const target = originOf(redirect);
  if (site && target && isOfSite(site, target)) return true;
  const host = target?.host ?? "";
  // A decimal address hides where it leads.
  if (/^\d+$/.test(host)) return false;
  if (isIpAddress(host)) return host.startsWith("127.") || host === "[::1]";
  const isWeb = target?.scheme === "http" || target?.scheme === "https";
  if (isWeb && !/^[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?$/.test(host)) return false;
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
