import { PostgrestError, rangeNotSatisfiable } from "../errors.ts";
import { parseQueryString, type QueryString } from "../parse/query-string.ts";
import { type MediaType, parseAccept, parseMediaType } from "./media-type.ts";
import { type Payload, readPayload } from "./payload.ts";
import { type Preferences, parsePreferences } from "./preferences.ts";
import {
  allRows,
  intersect,
  isAllRows,
  isEmpty,
  isLimitZero,
  keepLimitZero,
  parseRangeHeader,
  type RowRange,
} from "./range.ts";

export type Resource =
  | { readonly kind: "schema" }
  | { readonly kind: "relation"; readonly name: string }
  | { readonly kind: "routine"; readonly name: string };

/** What a request asks for, before anyone has looked at the schema. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly resource: Resource;
  readonly schema: string;
  readonly query: QueryString;
  readonly preferences: Preferences;
  readonly ranges: ReadonlyMap<string, RowRange>;
  /** The rows wanted at the top: limit, offset and Range together. */
  readonly range: RowRange;
  readonly accept: readonly MediaType[];
  readonly contentType: MediaType;
  readonly payload: Payload | undefined;
  readonly headers: Headers;
}

export interface ApiRequestOptions {
  readonly schemas: readonly string[];
  readonly timezones: ReadonlySet<string>;
}

const writes = new Set(["POST", "PATCH", "PUT", "DELETE"]);

function resourceOf(path: string): Resource {
  const segments = path.split("/").slice(1).map(decodeSegment);
  const [first = "", second] = segments;
  if (segments.length <= 1) return first === "" ? { kind: "schema" } : { kind: "relation", name: first };
  if (segments.length === 2 && first === "rpc" && second !== undefined) return { kind: "routine", name: second };
  throw new PostgrestError(404, "PGRST125", "Invalid path specified in request URL");
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function schemaOf(request: Request, schemas: readonly string[]): string {
  const header = writes.has(request.method) ? "content-profile" : "accept-profile";
  const profile = request.headers.get(header) ?? schemas[0] ?? "public";
  if (schemas.includes(profile)) return profile;
  throw new PostgrestError(406, "PGRST106", `Invalid schema: ${profile}`, {
    hint: `Only the following schemas are exposed: ${schemas.join(", ")}`,
  });
}

function checkMethod(method: string, { kind }: Resource): void {
  const allowed: Record<Resource["kind"], readonly string[]> = {
    schema: ["GET", "HEAD", "OPTIONS"],
    routine: ["GET", "HEAD", "POST", "OPTIONS"],
    relation: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
  };
  if (allowed[kind].includes(method)) return;
  if (kind === "routine") throw new PostgrestError(405, "PGRST101", `Cannot use the ${method} method on RPC`);
  throw new PostgrestError(405, "PGRST117", `Unsupported HTTP method: ${method}`);
}

function topRange(request: Request, ranges: ReadonlyMap<string, RowRange>): RowRange {
  const limit = ranges.get("limit") ?? allRows;
  // Range means something for GET only (RFC 9110, section 14.2).
  const header = request.method === "GET" ? parseRangeHeader(request.headers.get("range")) : allRows;
  const range = keepLimitZero(limit, intersect(header, limit));
  if (isEmpty(range) && !isLimitZero(limit)) {
    throw rangeNotSatisfiable(
      isEmpty(header)
        ? "The lower boundary must be lower than or equal to the upper boundary in the Range header."
        : "Limit should be greater than or equal to zero.",
    );
  }
  if (request.method === "PUT" && !isAllRows(range)) {
    throw new PostgrestError(400, "PGRST114", "limit/offset querystring parameters are not allowed for PUT");
  }
  return range;
}

/** @throws PostgrestError the first thing that is wrong, in the order in which PostgREST looks */
export async function readApiRequest(request: Request, options: ApiRequestOptions): Promise<ApiRequest> {
  const { method, headers } = request;
  const url = new URL(request.url);
  const body = new Uint8Array(await request.arrayBuffer());
  const preferences = parsePreferences(headers.get("prefer"), options.timezones);
  const resource = resourceOf(url.pathname);
  const schema = schemaOf(request, options.schemas);
  checkMethod(method, resource);
  const isFunctionCall = resource.kind === "routine";
  const query = parseQueryString(url.search.slice(1), isFunctionCall && method !== "POST" && method !== "OPTIONS");
  const range = topRange(request, query.ranges);
  const type = headers.get("content-type");
  const contentType: MediaType = type === null ? { kind: "json" } : parseMediaType(type);
  const takesColumns = method === "POST" || method === "PATCH";
  const hasPayload = takesColumns || method === "PUT";
  return {
    method,
    path: url.pathname,
    resource,
    schema,
    query,
    preferences,
    ranges: new Map([...query.ranges, ["limit", range]]),
    range,
    accept: parseAccept(headers.get("accept")),
    contentType,
    payload: hasPayload
      ? readPayload({ body, type: contentType, columns: takesColumns ? query.columns : undefined, isFunctionCall })
      : undefined,
    headers,
  };
}
