import type { Route } from "../weather.ts";
import { accessToken } from "./access-token.ts";

export interface ServiceNode {
  id: string;
  p_id: string;
  type: string;
}

/** A request as the service understands it. */
export interface ServiceRequest {
  route: Route;
  signal: AbortSignal | undefined;
  query: { ids: readonly string[]; parentIds: readonly string[] };
  body: { nodes: readonly ServiceNode[]; nodeId: string; prompt: string; nextToken: string };
}

export async function readRequest(
  input: string | URL | Request,
  init: RequestInit | undefined,
): Promise<ServiceRequest> {
  const request = input instanceof Request ? input : undefined;
  const url = new URL(request?.url ?? String(input));
  const method = request?.method ?? init?.method ?? "GET";
  const text = request === undefined ? init?.body : await request.text();
  const json: unknown = typeof text === "string" && text !== "" ? JSON.parse(text) : undefined;
  return {
    route: routeOf(method, url.pathname),
    signal: request?.signal ?? init?.signal ?? undefined,
    query: rowQuery(url.searchParams),
    body: {
      nodes: Array.isArray(json) ? json.map(readNode) : [],
      nodeId: String(field(json, "nodeId")),
      prompt: String(field([field(json, "messages")].flat().at(-1), "content")),
      nextToken: accessToken(),
    },
  };
}

function routeOf(method: string, path: string): Route {
  const route = routes[`${method} ${path}`];
  if (route === undefined) throw new Error(`the scripted service does not know ${method} ${path}`);
  return route;
}

const routes: Record<string, Route> = {
  "POST /rest/v1/conversation": "conversation",
  "POST /rest/v1/flow_node": "insert",
  "GET /rest/v1/flow_node": "rows",
  "POST /completion/async": "post",
  "GET /user_stream/stream": "stream",
  "POST /auth/v1/token": "refresh",
};

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

/** `id=in.(…)`, or that and the parents' ids as `or=(id.in.(…),p_id.in.(…))`. */
function rowQuery(query: URLSearchParams): { ids: string[]; parentIds: string[] } {
  const either = query.get("or") ?? "";
  const ids = query.get("id") ?? /\bid\.(in\.\([^)]*\))/.exec(either)?.[1];
  const parentIds = /\bp_id\.(in\.\([^)]*\))/.exec(either)?.[1];
  return { ids: listOf(ids), parentIds: listOf(parentIds) };
}

function listOf(filter: string | undefined): string[] {
  return (filter ?? "")
    .replace(/^in\.\(|\)$/g, "")
    .split(",")
    .map((id) => id.replaceAll('"', ""));
}

function readNode(node: unknown): ServiceNode {
  return { id: String(field(node, "id")), p_id: String(field(node, "p_id")), type: String(field(node, "type")) };
}
