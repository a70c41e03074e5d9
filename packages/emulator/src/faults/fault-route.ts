import { mostSimilar } from "../postgrest/catalog/fuzzy-set.ts";
import type { Behaviour } from "./fault-kind.ts";
import { partsOf, routePattern } from "./route-pattern.ts";

/** What the emulator answers beside the edge API; `*` is for any method, as in a path for anything. */
const otherRoutes = ["* /rest/v1*", "* /auth/v1*", "GET /files/*"];

/** What is answered piece by piece. */
const streamed = [
  "GET /user_stream/stream",
  "GET /user_stream/sse",
  "POST /completion",
  "POST /external/use/llm",
  "POST /external/use/knowledge-base/seek",
  "POST /external/use/seek-knowledge",
  "POST /external/use/seek-knowledge/seek",
];

/**
 * Why a fault would wait for ever: no request that is answered here has its route.
 * @returns undefined where one can have it
 */
export function neverMatches(route: string, behaviour: Behaviour, edgeRoutes: readonly string[]): string | undefined {
  // A wish is asked for by its user alone.
  if (behaviour.wishes !== undefined) return undefined;
  const isOfStreams = behaviour.around === undefined;
  const known = isOfStreams ? streamed : [...edgeRoutes, ...otherRoutes];
  if (known.some((one) => canMeet(route, one))) return undefined;
  const nearest = nearestOf(known, route);
  const advice = nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
  const which = isOfStreams ? "The streams that this fault is for" : "The routes";
  return `No request has the route "${route}".${advice} ${which}: ${known.join(", ")}. One that the emulator does not know needs isUnknownRoute: true`;
}

/** What was meant, perhaps; a query is no part of a route. */
function nearestOf(known: readonly string[], route: string): string | undefined {
  const { method, path } = partsOf(route.replace(/\?.*$/, ""));
  if (method !== undefined) return mostSimilar(known, `${method} ${path}`);
  const near = mostSimilar(
    known.map((one) => partsOf(one).path),
    path,
  );
  return known.find((one) => partsOf(one).path === near);
}

function canMeet(route: string, known: string): boolean {
  const wanted = partsOf(route);
  // Browsers ask for leave for everything, be it there or not.
  if (wanted.method === "OPTIONS") return true;
  const { method, path } = partsOf(known);
  return isMethodOf(wanted.method, method) && haveCommon(wanted.path, path);
}

/** The head of what can be got can be asked for as well. */
function isMethodOf(wanted: string | undefined, method: string | undefined): boolean {
  if (wanted === undefined || method === wanted) return true;
  return method === "*" ? METHODS.has(wanted) : wanted === "HEAD" && method === "GET";
}

const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]);

/** Whether there is a path that both describe. What is known is a path, or the beginning of all that are. */
function haveCommon(wanted: string, known: string): boolean {
  if (!known.endsWith("*")) return routePattern(wanted).matches("GET", known);
  const beginning = known.slice(0, -1);
  const [certain = ""] = wanted.split("*");
  return certain.startsWith(beginning) || (certain !== wanted && beginning.startsWith(certain));
}
