import * as v from "valibot";
import { PostgrestError, rangeNotSatisfiable } from "../errors.ts";
import type { ResultSet } from "../execute.ts";
import { percentEncode } from "../parse/query-parameters.ts";
import type { MutationKind } from "../plan/mutate.ts";
import type { ApiRequest } from "./api-request.ts";
import { contentType, type MediaType } from "./media-type.ts";
import { type AppliedPreference, appliedPreferences, wantsTotal } from "./preferences.ts";
import { contentRange, rangeStatus } from "./range.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Headers of a function; they replace ours, and one name may come several times. */
  readonly overrides?: readonly (readonly [string, string])[];
}

/** With a single schema the profile is named only when it was asked for. */
export interface ResponseContext {
  readonly request: ApiRequest;
  readonly hasSeveralSchemas: boolean;
}

function contentHeaders({ request, hasSeveralSchemas }: ResponseContext, mediaType: MediaType): Record<string, string> {
  const isWrite = !["GET", "HEAD"].includes(request.method);
  const isNegotiated = hasSeveralSchemas || request.headers.has(isWrite ? "content-profile" : "accept-profile");
  return {
    "content-type": contentType(mediaType),
    ...(isNegotiated ? { "content-profile": request.schema } : {}),
  };
}

const headerOverrides = v.array(v.record(v.string(), v.string()));

/** A function may set response.status and response.headers. */
export function withOverrides(answer: Answer, result: ResultSet): Answer {
  const status = result.statusOverride === null ? answer.status : Number.parseInt(result.statusOverride, 10);
  if (!(status >= 200 && status <= 599)) {
    throw new PostgrestError(500, "PGRST112", "response.status guc must be a valid status code");
  }
  if (result.headersOverride === null) return { ...answer, status };
  return { ...answer, status, overrides: parseOverrides(result.headersOverride) };
}

function parseOverrides(text: string): [string, string][] {
  try {
    const overrides = v.parse(headerOverrides, JSON.parse(text));
    return overrides.flatMap((entry) => Object.entries(entry));
  } catch {
    const message =
      "response.headers guc must be a JSON array composed of objects with a single key and a string value";
    throw new PostgrestError(500, "PGRST111", message);
  }
}

function outOfBounds(lower: number, total: number | undefined): string {
  return JSON.stringify(
    rangeNotSatisfiable(`An offset of ${lower} was requested, but there are only ${total ?? 0} rows.`),
  );
}

interface ReadAnswerOptions {
  readonly mediaType: MediaType;
  readonly preferences: readonly AppliedPreference[];
  readonly extraHeaders: Readonly<Record<string, string>>;
}

function rowsAnswer(context: ResponseContext, result: ResultSet, options: ReadAnswerOptions): Answer {
  const { request } = context;
  const { lower } = request.range;
  const upper = lower + result.rows - 1;
  const status = rangeStatus(lower, upper, result.total);
  const body = status === 416 ? outOfBounds(lower, result.total) : result.body;
  return {
    status,
    headers: {
      "content-range": contentRange(lower, upper, result.total),
      ...options.extraHeaders,
      ...contentHeaders(context, options.mediaType),
      ...appliedPreferences(request.preferences, options.preferences),
    },
    // A range that cannot be satisfied is told even to HEAD.
    body: request.method === "HEAD" ? null : body,
  };
}

export function readAnswer(context: ResponseContext, result: ResultSet, mediaType: MediaType, table: string): Answer {
  const { canonical } = context.request.query;
  const location = `/${table}${canonical === "" ? "" : `?${canonical}`}`;
  return rowsAnswer(context, result, {
    mediaType,
    preferences: ["count", "handling", "timezone"],
    extraHeaders: { "content-location": location },
  });
}

export function callAnswer(context: ResponseContext, result: ResultSet, mediaType: MediaType, isVoid: boolean): Answer {
  const answer = rowsAnswer(context, result, {
    mediaType,
    preferences: ["count", "handling", "timezone", "maxAffected"],
    extraHeaders: {},
  });
  if (!isVoid) return answer;
  const { "content-type": _type, "content-profile": _profile, ...headers } = answer.headers;
  return { status: 204, headers, body: null };
}

const relevantPreferences: Readonly<Record<MutationKind, readonly AppliedPreference[]>> = {
  insert: ["resolution", "representation", "count", "missing", "handling", "timezone"],
  update: ["representation", "count", "missing", "handling", "timezone", "maxAffected"],
  upsertOne: ["representation", "count", "handling", "timezone"],
  delete: ["representation", "count", "handling", "timezone", "maxAffected"],
};

function locationHeader(table: string, pairs: ResultSet["location"]): Record<string, string> {
  if (pairs.length === 0) return {};
  const query = pairs.map(([key, value]) => `${percentEncode(key)}=${percentEncode(value)}`).join("&");
  return { location: `/${table}?${query}` };
}

function writeStatus(kind: MutationKind, { inserted }: ResultSet, context: ResponseContext): number {
  const { preferences } = context.request;
  const isFull = preferences.representation === "representation";
  if (kind === "insert") {
    return preferences.resolution === "merge-duplicates" && (inserted ?? 0) <= 0 ? 200 : 201;
  }
  if (!isFull) return 204;
  return kind === "upsertOne" && (inserted ?? 0) > 0 ? 201 : 200;
}

export interface WriteAnswerOptions {
  readonly kind: MutationKind;
  readonly mediaType: MediaType;
  readonly table: string;
  /** Without a key to conflict on, a resolution has had no effect. */
  readonly canResolve: boolean;
}

export function writeAnswer(context: ResponseContext, result: ResultSet, options: WriteAnswerOptions): Answer {
  const { kind, mediaType, table, canResolve } = options;
  const { preferences } = context.request;
  const total = wantsTotal(preferences) ? result.rows : undefined;
  const ranges: Record<MutationKind, Record<string, string>> = {
    insert: { "content-range": contentRange(1, 0, total) },
    update: { "content-range": contentRange(0, result.rows - 1, total) },
    upsertOne: {},
    delete: { "content-range": contentRange(1, 0, total) },
  };
  const relevant = relevantPreferences[kind].filter((name) => name !== "resolution" || canResolve);
  const isFull = preferences.representation === "representation";
  return {
    status: writeStatus(kind, result, context),
    headers: {
      ...locationHeader(table, result.location),
      ...ranges[kind],
      ...(isFull ? contentHeaders(context, mediaType) : {}),
      ...appliedPreferences(preferences, relevant),
    },
    body: isFull ? result.body : null,
  };
}

export function schemaAnswer(context: ResponseContext, body: string): Answer {
  return { status: 200, headers: contentHeaders(context, { kind: "openapi" }), body };
}

export function allowAnswer(methods: readonly string[]): Answer {
  return { status: 200, headers: { "access-control-allow-origin": "*", allow: methods.join(",") }, body: null };
}

export function errorAnswer(error: PostgrestError): Answer {
  return {
    status: error.status,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "proxy-status": `PostgREST; error=${error.code}`,
      ...error.headers,
    },
    body: JSON.stringify(error),
  };
}

/** Statuses that have no body by definition; a Response with one is refused by the constructor. */
const withoutBody = new Set([204, 205, 304]);

/** Names travel in headers as their UTF-8 bytes. What no header can hold is left out. */
function headerText(value: string): string {
  const bytes = Array.from(new TextEncoder().encode(value), (byte) => String.fromCharCode(byte)).join("");
  return bytes.replace(/[\0\r\n]/g, "");
}

export function toResponse({ status, headers, body, overrides = [] }: Answer): Response {
  const response = new Response(withoutBody.has(status) ? null : body, { status });
  response.headers.delete("content-type");
  for (const [key, value] of Object.entries(headers)) response.headers.set(key, headerText(value));
  for (const [key] of overrides) response.headers.delete(key);
  for (const [key, value] of overrides) response.headers.append(key, headerText(value));
  return response;
}
