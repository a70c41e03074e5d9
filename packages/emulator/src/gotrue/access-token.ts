import { compactVerify, importJWK } from "jose";
import * as v from "valibot";
import { ApiError } from "./api-error.ts";
import type { AuthContext } from "./context.ts";
import { describeJsonError } from "./go-json-error.ts";

export interface AccessTokenClaims {
  sub: string;
  aud: readonly string[];
  role: string;
  session_id: string;
  is_anonymous: boolean;
}

const numericDate = v.nullish(
  v.union([v.number(), v.pipe(v.string(), v.regex(/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/), v.transform(Number))]),
);

const claimsSchema = v.looseObject({
  sub: v.nullish(v.string(), ""),
  aud: v.nullish(v.union([v.string(), v.array(v.string())]), []),
  exp: numericDate,
  nbf: numericDate,
  iat: numericDate,
  role: v.nullish(v.string(), ""),
  session_id: v.nullish(v.string(), ""),
  is_anonymous: v.nullish(v.boolean(), false),
  email: v.nullish(v.string()),
  phone: v.nullish(v.string()),
  amr: v.nullish(v.array(v.looseObject({}))),
});

const headerSchema = v.looseObject({ alg: v.optional(v.string()), kid: v.optional(v.unknown()) });

const bad = (reason: string) =>
  new ApiError(403, "bad_jwt", `invalid JWT: unable to parse or verify signature, ${reason}`);
const malformed = (reason: string) => bad(`token is malformed: ${reason}`);

function decodePart(part: string, name: string): unknown {
  const stray = part.search(/[^A-Za-z0-9_-]/);
  if (stray >= 0) throw malformed(`could not base64 decode ${name}: illegal base64 data at input byte ${stray}`);
  if (part.length % 4 === 1) {
    throw malformed(`could not base64 decode ${name}: illegal base64 data at input byte ${part.length - 1}`);
  }
  const bytes = Buffer.from(part, "base64url");
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    throw malformed(`could not JSON decode ${name}: ${describeJsonError(bytes)}`);
  }
}

const registered = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"];

function goKind(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : typeof value;
}

/** Why Go cannot put the value into its claims. */
function describeClaim(field: unknown, value: unknown, wanted: string): string {
  if (field === "exp" || field === "nbf" || field === "iat") {
    const reason =
      typeof value === "string"
        ? `json: invalid number literal, trying to unmarshal ${JSON.stringify(JSON.stringify(value))} into Number`
        : `json: cannot unmarshal ${goKind(value)} into Go value of type json.Number`;
    return `could not parse NumericData: ${reason}`;
  }
  if (field === "aud") return "invalid type for claim";
  if (typeof field !== "string")
    return `json: cannot unmarshal ${goKind(value)} into Go value of type tokens.AccessTokenClaims`;
  const path = registered.includes(field) ? `RegisteredClaims.${field}` : field;
  return `json: cannot unmarshal ${goKind(value)} into Go struct field AccessTokenClaims.${path} of type ${wanted}`;
}

const goTypes: Readonly<Record<string, string>> = { is_anonymous: "bool", amr: "[]models.AMREntry" };

function decodeClaims(part: string): v.InferOutput<typeof claimsSchema> {
  const parsed = v.safeParse(claimsSchema, decodePart(part, "claim"));
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  const field = issue.path?.[0]?.key;
  const reason = describeClaim(field, issue.input, goTypes[String(field)] ?? "string");
  throw malformed(`could not JSON decode claim: ${reason}`);
}

function checkAlgorithm(algorithm: string | undefined): void {
  if (algorithm === undefined) throw bad("token is unverifiable: signing method (alg) is unspecified");
  if (!/^(?:[HREP]S(?:256|384|512)|EdDSA|none)$/.test(algorithm)) {
    throw bad("token is unverifiable: signing method (alg) is unavailable");
  }
  if (algorithm !== "ES256" && algorithm !== "HS256") {
    throw bad(`token signature is invalid: signing method ${algorithm} is invalid`);
  }
}

async function checkSignature(
  context: AuthContext,
  token: string,
  algorithm: string | undefined,
  kid: unknown,
): Promise<void> {
  const jwk = context.key.jwks().keys.find((key) => key.kid === kid);
  // Only our own key exists here: the secret of HS256 is nobody's.
  if (algorithm === "HS256") throw bad("token signature is invalid: signature is invalid");
  if (jwk === undefined) {
    const name = kid === undefined ? "<nil>" : String(kid);
    throw bad(
      `token is unverifiable: error while executing keyfunc: unrecognized JWT kid ${name} for algorithm ${algorithm}`,
    );
  }
  try {
    await compactVerify(token, await importJWK(jwk, "ES256"));
  } catch {
    throw bad("token signature is invalid: crypto/ecdsa: verification error");
  }
}

/**
 * Check a token as the service does, in its order and with its words.
 * @throws ApiError `bad_jwt`
 */
export async function verifyAccessToken(context: AuthContext, token: string): Promise<AccessTokenClaims> {
  const [header, claimsPart, signature, ...rest] = token.split(".");
  if (header === undefined || claimsPart === undefined || signature === undefined || rest.length > 0) {
    throw malformed("token contains an invalid number of segments");
  }
  const parsedHeader = v.safeParse(headerSchema, decodePart(header, "header"));
  if (!parsedHeader.success) {
    throw malformed(
      "could not JSON decode header: json: cannot unmarshal value into Go value of type map[string]interface {}",
    );
  }
  const claims = decodeClaims(claimsPart);
  const { alg, kid } = parsedHeader.output;
  checkAlgorithm(alg);
  await checkSignature(context, token, alg, kid);

  const now = context.clock.now() / 1000;
  const problems: string[] = [];
  if (typeof claims.exp === "number" && now >= claims.exp) problems.push("token is expired");
  if (typeof claims.nbf === "number" && now < claims.nbf) problems.push("token is not valid yet");
  if (problems.length > 0) throw bad(`token has invalid claims: ${problems.join(", ")}`);

  return {
    sub: claims.sub,
    aud: typeof claims.aud === "string" ? [claims.aud] : claims.aud,
    role: claims.role,
    session_id: claims.session_id,
    is_anonymous: claims.is_anonymous,
  };
}
