import * as v from "valibot";
import { ApiError } from "./api-error.ts";
import { describeJsonError } from "./go-json-error.ts";

export function badJwt(reason: string): ApiError {
  return new ApiError(403, "bad_jwt", `invalid JWT: unable to parse or verify signature, ${reason}`);
}

export function malformedJwt(reason: string): ApiError {
  return badJwt(`token is malformed: ${reason}`);
}

export interface JwtHeader {
  /** Undefined also when it is no text. */
  alg?: string | undefined;
  kid?: unknown;
}

/** The claims that decide something; absent texts are empty. */
export interface JwtClaims {
  sub: string;
  aud: string | string[];
  exp?: number | null | undefined;
  nbf?: number | null | undefined;
  role: string;
  session_id: string;
}

/** A number, or one in quotes, which Go takes as well. */
const number = v.union([
  v.number(),
  v.pipe(v.string(), v.regex(/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/), v.transform(Number)),
]);

const claimsSchema: v.GenericSchema<unknown, JwtClaims> = v.looseObject({
  sub: v.nullish(v.string(), ""),
  aud: v.nullish(v.union([v.string(), v.array(v.string())]), []),
  exp: v.nullish(number),
  nbf: v.nullish(number),
  iat: v.nullish(number),
  role: v.nullish(v.string(), ""),
  session_id: v.nullish(v.string(), ""),
  is_anonymous: v.nullish(v.boolean()),
  email: v.nullish(v.string()),
  phone: v.nullish(v.string()),
  amr: v.nullish(v.array(v.unknown())),
});

const headerSchema: v.GenericSchema<unknown, JwtHeader> = v.looseObject({
  alg: v.fallback(v.optional(v.string()), undefined),
  kid: v.optional(v.unknown()),
});

export function decodeBase64(part: string, name: string): Buffer {
  const stray = part.search(/[^A-Za-z0-9_-]/);
  const at = stray < 0 && part.length % 4 === 1 ? part.length - 1 : stray;
  if (at >= 0) throw malformedJwt(`could not base64 decode ${name}: illegal base64 data at input byte ${at}`);
  return Buffer.from(part, "base64url");
}

function goKind(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : typeof value;
}

/** @param goType what Go would decode it into */
function decodePart(part: string, name: string, goType: string): unknown {
  const bytes = decodeBase64(part, name);
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch {
    throw malformedJwt(`could not JSON decode ${name}: ${describeJsonError(bytes)}`);
  }
  if (value === null) return {};
  if (typeof value === "object" && !Array.isArray(value)) return value;
  throw malformedJwt(
    `could not JSON decode ${name}: json: cannot unmarshal ${goKind(value)} into Go value of type ${goType}`,
  );
}

export function decodeHeader(part: string): JwtHeader {
  return v.parse(headerSchema, decodePart(part, "header", "map[string]interface {}"));
}

const registered = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"];

/** Why Go cannot put the value into its claims. */
function describeClaim(field: string, value: unknown, wanted: string): string {
  if (field === "exp" || field === "nbf" || field === "iat") {
    const reason =
      typeof value === "string"
        ? `json: invalid number literal, trying to unmarshal ${JSON.stringify(JSON.stringify(value))} into Number`
        : `json: cannot unmarshal ${goKind(value)} into Go value of type json.Number`;
    return `could not parse NumericData: ${reason}`;
  }
  if (field === "aud") return "invalid type for claim";
  const path = registered.includes(field) ? `RegisteredClaims.${field}` : field;
  return `json: cannot unmarshal ${goKind(value)} into Go struct field AccessTokenClaims.${path} of type ${wanted}`;
}

const goTypes: Readonly<Record<string, string>> = { is_anonymous: "bool", amr: "[]json.RawMessage" };

export function decodeClaims(part: string): JwtClaims {
  const parsed = v.safeParse(claimsSchema, decodePart(part, "claim", "tokens.AccessTokenClaims"));
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  const field = String(issue.path?.[0]?.key);
  const reason = describeClaim(field, issue.input, goTypes[field] ?? "string");
  throw malformedJwt(`could not JSON decode claim: ${reason}`);
}
