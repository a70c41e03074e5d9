import type { AuthEmail, Exchange } from "./context.ts";
import { redirectTarget } from "./redirects.ts";
import { encodeQuery } from "./url-encoding.ts";

/** The link that a mail carries; it comes back to `GET /verify`. */
export function mailLink(exchange: Exchange, type: AuthEmail["type"], hash: string): string {
  const query = encodeQuery([
    ["token", hash],
    ["type", type],
    ["redirect_to", redirectTarget(exchange)],
  ]);
  return `${exchange.context.issuer()}/verify?${query}`;
}
