import { expect, it } from "vitest";
import { isTokenRefusal } from "./token-refusal.ts";

it.each([
  // GoTrue and golang-jwt
  "invalid JWT: unable to parse or verify signature, token is malformed: token contains an invalid number of segments",
  "invalid JWT: unable to parse or verify signature, token has invalid claims: token is expired",
  "token signature is invalid: crypto/ecdsa: verification error",
  "token used before issued",
  "invalid claim: missing sub claim",
  "This endpoint requires a valid Bearer token",
  "Session from session_id claim in JWT does not exist",
  "Session expired",
  "Token has expired or is invalid",
  // PostgREST
  "JWT expired",
  "JWSError JWSInvalidSignature",
  "No suitable key or wrong key type",
  "Expected 3 parts in JWT; got 1 is malformed",
  // PyJWT and FastAPI
  "Signature has expired",
  "Signature verification failed",
  "The token is not yet valid (nbf)",
  "Not enough segments",
  "Invalid audience",
  "Could not validate credentials",
  "Not authenticated",
  // jsonwebtoken, jose and others
  "invalid signature",
  '"exp" claim timestamp check failed',
  "The token has been blacklisted",
  "Your token is no longer valid",
  "Token could not be verified",
  "Authorization token required",
  "Missing bearer token",
  "no token provided",
])("takes a 403 for a refused token: %s", (message) => {
  expect(isTokenRefusal(403, { message })).toBe(true);
  expect(isTokenRefusal(403, message)).toBe(true);
  expect(isTokenRefusal(403, { error: { message } })).toBe(true);
});

it.each([
  { error: "invalid_token" },
  { code: "PGRST301" },
  { error: { code: "token_expired", message: "x" } },
  { error_code: "bad_jwt", msg: "x" },
  { code: "session_not_found", message: "x" },
])("goes by the code: %j", (body) => {
  expect(isTokenRefusal(403, body)).toBe(true);
});

it.each([
  "You have reached your monthly token limit",
  "Token limit exceeded",
  "Your token allowance has expired",
  "invalid token count",
  "The prompt has 9000 tokens, 8192 are allowed",
  "max_tokens is invalid",
  "No token credits remaining",
  "A valid token package is required",
  "No token-quota left",
  "No token allotment left this month",
  "Your free token has expired, buy a token pack",
  "Token not valid for this model: quota used up",
  "You do not have a valid token subscription",
  "no token capacity available",
  "Missing token allowance",
  "Token exhausted. Buy more",
  "Quota of jwt-plan exceeded",
  "You may not read this conversation",
  "This model is not available to your account",
])("takes no 403 about a quota, or a right, for one: %s", (error) => {
  expect(isTokenRefusal(403, { error })).toBe(false);
  expect(isTokenRefusal(403, error)).toBe(false);
});

it("leaves row-level security and pages alone, and heeds 401 alone besides", () => {
  const message = "new row violates row-level security policy for table token: invalid JWT";
  expect(isTokenRefusal(403, { code: "42501", message })).toBe(false);
  expect(isTokenRefusal(403, "<!doctype html><title>Invalid token</title>")).toBe(false);
  expect(isTokenRefusal(403, undefined)).toBe(false);
  expect(isTokenRefusal(401, undefined)).toBe(true);
  expect(isTokenRefusal(400, { error_code: "bad_jwt" })).toBe(false);
});
