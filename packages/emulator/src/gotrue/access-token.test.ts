import type { JWTPayload } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSigningKey } from "../keys/signing-key.ts";
import { createTestService, type TestService } from "./testing/test-service.ts";

let service: TestService;
let claims: JWTPayload;

beforeAll(async () => {
  service = await createTestService();
  const { id } = await service.goTrue.createUser({ email: "alice@example.com" });
  const { access_token } = await service.goTrue.createSession(id);
  claims = JSON.parse(Buffer.from(access_token.split(".")[1] ?? "", "base64url").toString());
});
afterAll(() => service.database.close());

const encode = (value: unknown) =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

const ask = (token: string) => service.call("GET", "/user", undefined, { authorization: `Bearer ${token}` });
const askWith = async (changes: Record<string, unknown>) => ask(await service.key.sign({ ...claims, ...changes }));
const unsigned = (header: unknown, payload: unknown, signature = "AAAA") =>
  `${encode(header)}.${encode(payload)}.${signature}`;

const seconds = () => Math.floor(service.clock.at / 1000);
const prefix = "invalid JWT: unable to parse or verify signature, ";

describe("the check of a bearer token", () => {
  it("takes a token until the second in which it expires", async () => {
    expect((await askWith({ exp: seconds() + 1 })).status).toBe(200);
    const expired = await askWith({ exp: seconds() });
    expect(expired.status).toBe(403);
    expect(expired.json).toEqual({ code: "bad_jwt", message: `${prefix}token has invalid claims: token is expired` });
  });

  it("names every claim that is out of time", async () => {
    const { json } = await askWith({ exp: seconds() - 10, nbf: seconds() + 600 });
    const message = `${prefix}token has invalid claims: token is expired, token is not valid yet`;
    expect(json).toEqual({ code: "bad_jwt", message });
  });

  it("takes a token without an end, one issued later and one with its end in quotes", async () => {
    expect((await askWith({ exp: undefined })).status).toBe(200);
    expect((await askWith({ iat: seconds() + 600 })).status).toBe(200);
    expect((await askWith({ exp: String(seconds() + 600) })).status).toBe(200);
  });

  it.each([
    [
      "exp",
      "soon",
      String.raw`could not parse NumericData: json: invalid number literal, trying to unmarshal "\"soon\"" into Number`,
    ],
    ["exp", true, "could not parse NumericData: json: cannot unmarshal bool into Go value of type json.Number"],
    ["aud", 5, "invalid type for claim"],
    [
      "sub",
      5,
      "json: cannot unmarshal number into Go struct field AccessTokenClaims.RegisteredClaims.sub of type string",
    ],
    ["role", 1, "json: cannot unmarshal number into Go struct field AccessTokenClaims.role of type string"],
    ["amr", "x", "json: cannot unmarshal string into Go struct field AccessTokenClaims.amr of type []json.RawMessage"],
  ])("refuses %s = %j in the words of the service", async (claim, value, reason) => {
    const { json } = await askWith({ [claim]: value });
    expect(json).toEqual({
      code: "bad_jwt",
      message: `${prefix}token is malformed: could not JSON decode claim: ${reason}`,
    });
  });

  it.each([
    ["a.b", "token is malformed: token contains an invalid number of segments"],
    ["a!b.bbb.ccc", "token is malformed: could not base64 decode header: illegal base64 data at input byte 1"],
    ["abcde.bbb.ccc", "token is malformed: could not base64 decode header: illegal base64 data at input byte 4"],
    [".e30.AAAA", "token is malformed: could not JSON decode header: unexpected end of JSON input"],
    [
      unsigned([], {}),
      "token is malformed: could not JSON decode header: json: cannot unmarshal array into Go value of type map[string]interface {}",
    ],
    [
      unsigned({ alg: "ES256" }, "{x}"),
      "token is malformed: could not JSON decode claim: invalid character 'x' looking for beginning of object key string",
    ],
    [unsigned({}, {}), "token is unverifiable: signing method (alg) is unspecified"],
    [unsigned({ alg: "XX" }, {}), "token is unverifiable: signing method (alg) is unavailable"],
    [unsigned({ alg: "none" }, {}, ""), "token signature is invalid: signing method none is invalid"],
    [unsigned({ alg: "HS256" }, {}), "token signature is invalid: signing method HS256 is invalid"],
    [
      unsigned({ alg: "ES256" }, {}),
      "token is unverifiable: error while executing keyfunc: unrecognized JWT kid <nil> for algorithm ES256",
    ],
  ])("refuses %s", async (token, reason) => {
    const answer = await ask(token);
    expect(answer.status).toBe(403);
    expect(answer.json).toEqual({ code: "bad_jwt", message: prefix + reason });
  });

  it("refuses a signature by another key under the same id, and a changed payload", async () => {
    const reason = `${prefix}token signature is invalid: crypto/ecdsa: verification error`;
    const stranger = await createSigningKey();
    const header = encode({ alg: "ES256", kid: service.key.kid, typ: "JWT" });
    const foreign = (await stranger.sign(claims)).split(".");
    expect((await ask([header, foreign[1], foreign[2]].join("."))).json).toEqual({ code: "bad_jwt", message: reason });
    const own = (await service.key.sign(claims)).split(".");
    const changed = [own[0], encode({ ...claims, role: "service_role" }), own[2]].join(".");
    expect((await ask(changed)).json).toEqual({ code: "bad_jwt", message: reason });
  });

  it("refuses a signature that is no base64", async () => {
    const token = unsigned({ alg: "ES256", kid: service.key.kid }, claims, "A*A");
    const message = `${prefix}token is malformed: could not base64 decode signature: illegal base64 data at input byte 1`;
    expect((await ask(token)).json).toEqual({ code: "bad_jwt", message });
  });

  it.each([
    [{ sub: "not-a-uuid" }, 400, "bad_jwt", "invalid claim: sub claim must be a UUID"],
    [{ sub: undefined }, 403, "bad_jwt", "invalid claim: missing sub claim"],
    [
      { sub: "11111111-2222-4333-8444-555555555555" },
      403,
      "user_not_found",
      "User from sub claim in JWT does not exist",
    ],
    [{ session_id: "x" }, 403, "bad_jwt", "invalid claim: session_id claim must be a UUID"],
    [{ aud: undefined }, 400, "validation_failed", "Token audience doesn't match request audience"],
  ])("checks what the claims %j name", async (changes, status, code, message) => {
    const answer = await askWith(changes);
    expect(answer.status).toBe(status);
    expect(answer.json).toEqual({ code, message });
  });

  it("lets a token without a session through, and signs out every session with it", async () => {
    const token = await service.key.sign({ ...claims, session_id: undefined });
    const { status } = await service.call("POST", "/logout?scope=local", undefined, {
      authorization: `Bearer ${token}`,
    });
    expect(status).toBe(204);
    expect((await askWith({})).json).toMatchObject({ code: "session_not_found" });
  });
});
