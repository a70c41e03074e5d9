import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";

/** Where the service is, and the key that names the app to Supabase. */
export interface ServiceAddresses {
  edgeUrl: string;
  supabaseUrl: string;
  supabaseKey: string;
}

/** An address that the token may go to, and in which form. */
export interface ServiceAddress {
  url: URL;
  kind: "edge" | "rows" | "auth";
}

const SUPABASE_PATHS = ["/rest/v1", "/auth/v1", "/storage/v1", "/functions/v1", "/realtime/v1"];

/** @throws InvalidArgumentError for what is no address of the service's, to which the token must not go */
export function serviceAddress(input: unknown, { edgeUrl, supabaseUrl }: ServiceAddresses): ServiceAddress {
  if (typeof input !== "string" && !(input instanceof URL))
    throw new InvalidArgumentError("fetch: input must be a string or a URL.");
  const url = URL.canParse(String(input)) ? new URL(input) : undefined;
  if (url !== undefined && url.username === "" && url.password === "") {
    const path = SUPABASE_PATHS.find((part) => isUnder(url, supabaseUrl, part));
    if (path !== undefined) return { url, kind: path === "/auth/v1" ? "auth" : "rows" };
    if (isUnder(url, edgeUrl)) return { url, kind: "edge" };
  }
  // The address itself may hold what nobody else is to read.
  throw new InvalidArgumentError(
    `fetch: the token goes only to whole addresses under edgeUrl, or supabaseUrl and ${SUPABASE_PATHS.join(", ")}.`,
  );
}

/** By the origin and whole segments of the path, also as a server sees it that decodes slashes before it looks at dots. */
function isUnder(url: URL, base: string, path = ""): boolean {
  const root = new URL(base);
  const prefix = root.pathname.replace(/\/+$/, "") + path;
  const decoded = new URL(url);
  decoded.pathname = url.pathname.replace(/%2f|%5c/gi, "/");
  return [url, decoded].every(
    ({ protocol, host, pathname }) =>
      protocol === root.protocol && host === root.host && (pathname === prefix || pathname.startsWith(`${prefix}/`)),
  );
}
