import type { NotFoundHandler } from "hono";
import { METHOD_NAME_ALL } from "hono/router";
import { TrieRouter } from "hono/router/trie-router";
import type { RouterRoute } from "hono/types";
import { GatewayError } from "./errors.ts";
import type { GatewayEnv } from "./gateway-env.ts";

/**
 * Refuses what no route has taken: a path that has other methods is told from one that is not there.
 * @param routes all that there are; what goes round them counts for none
 * @throws GatewayError 405, 404
 */
export function unknownRoute(routes: readonly RouterRoute[]): NotFoundHandler<GatewayEnv> {
  const methods = new TrieRouter<string>();
  for (const { method, path } of routes) if (method !== METHOD_NAME_ALL) methods.add(METHOD_NAME_ALL, path, method);
  return (context) => {
    const { method, path } = context.req;
    const [found] = methods.match(METHOD_NAME_ALL, path);
    const has = new Set(found.map(([name]) => name));
    if (has.has("GET")) has.add("HEAD");
    const shown = path.slice(0, 200);
    if (has.size === 0) {
      throw new GatewayError({
        status: 404,
        code: "unknown_route",
        message: `There is no route ${method} ${shown} here.`,
      });
    }
    const allow = [...has].sort();
    const message = `${shown} takes no ${method}, but ${allow.join(", ")}.`;
    throw new GatewayError({ status: 405, code: "method_not_allowed", message, allow });
  };
}
