import { decodeJwt, decodeProtectedHeader } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase, type Database } from "../database/database.ts";
import { createGateway } from "../gateway.ts";
import { createSigningKey, type SigningKey } from "../keys/signing-key.ts";
import { authSchema, createGoTrue, type GoTrue } from "./index.ts";
import { authorizationHeaders } from "./testing/authorizations.ts";
import { comparableBody, comparableClaims, comparableHeaders } from "./testing/comparison.ts";
import { type RecordedExchange, readRecording } from "./testing/recorded-exchange.ts";

/** Lines that are answered otherwise on purpose, with the reason. They count as failures in the printed rate. */
const knownDifferences: Readonly<Record<string, string>> = {
  "id_token google": "no provider here issues id tokens, so which ones are switched on for them means nothing",
  "factors as": "there is no second factor",
  "callback put": "the service looks for a flow before it looks at the method; nobody sends this",
  "magiclink json": "the service reads this one body with another decoder",
};

const publicUrl = "http://127.0.0.1:54321";
const publishableKey = "sb_publishable_of_the_recording";
const recordings = ["auth.jsonl", "auth-more.jsonl"].map((file) => ({ file, exchanges: readRecording(file) }));

const clock = { at: Date.parse("2026-11-24T21:13:02Z"), now: () => clock.at };
const captured = new Map<string, string>();
const passed = new Map<string, number>();

let database: Database;
let key: SigningKey;
let goTrue: GoTrue;
let gateway: (request: Request) => Promise<Response>;

beforeAll(async () => {
  database = await createDatabase();
  await database.exec(authSchema);
  key = await createSigningKey();
  goTrue = createGoTrue({
    database,
    key,
    clock,
    publicUrl: () => publicUrl,
    siteUrl: "https://flowith.io",
    allowedRedirects: ["https://flowith.io/**", "http://localhost:*/**"],
    providers: {
      github: {
        authorizeUrl: "https://github.com/login/oauth/authorize",
        clientId: "github-client",
        scopes: ["user:email"],
      },
      gitlab: {
        authorizeUrl: "http://127.0.0.1:54399/oauth/authorize",
        clientId: "gitlab-client",
        scopes: ["read_user"],
      },
    },
  });
  const rest = async () => new Response(null, { status: 404 });
  gateway = createGateway({ publishableKey, rest, auth: (request) => goTrue.fetch(request) });
});

afterAll(async () => {
  for (const { file, exchanges } of recordings) {
    process.stdout.write(`${file}: ${passed.get(file) ?? 0} of ${exchanges.length} exchanges answered as recorded\n`);
  }
  await database.close();
});

const fill = (text: string, encode: (value: string) => string) =>
  text.replace(/\$\{([^}]+)\}/g, (_, name: string) => encode(captured.get(name) ?? `nothing captured as ${name}`));

async function send({ as, method, path, headers, body }: RecordedExchange): Promise<Response> {
  const authorization = await authorizationHeaders(as, { publishableKey, key, captured, now: clock.at });
  return gateway(
    new Request(publicUrl + fill(path, encodeURIComponent), {
      method,
      headers: { ...headers, ...authorization },
      body: body === null ? null : fill(body, (value) => value),
    }),
  );
}

function lookUp(where: string, body: string, location: URL | undefined): string {
  if (where.startsWith("location?")) return location?.searchParams.get(where.slice(9)) ?? "";
  if (where.startsWith("location#")) return new URLSearchParams(location?.hash.slice(1)).get(where.slice(9)) ?? "";
  const steps = where.split(".").slice(1);
  const value = steps.reduce<unknown>((inner, step) => Object(inner)[step], JSON.parse(body));
  return String(value);
}

function accessTokenOf(body: string, location: URL | undefined): string {
  const ofFragment = new URLSearchParams(location?.hash.slice(1)).get("access_token");
  return ofFragment ?? lookUp("$.access_token", body, undefined);
}

async function replay(exchange: RecordedExchange): Promise<void> {
  if (exchange.reset) await goTrue.deleteAll();
  clock.at += 40 + exchange.wait_s * 1000;
  let response = await send(exchange);
  for (let sent = 1; sent < exchange.repeat; sent++) response = await send(exchange);
  const body = await response.text();
  const location = response.headers.get("location");
  const target = location === null ? undefined : new URL(location);
  for (const [name, where] of Object.entries(exchange.capture)) captured.set(name, lookUp(where, body, target));

  const { volatile, response: recorded, decoded } = exchange;
  expect(response.status).toBe(recorded.status);
  const names = Object.keys(recorded.headers);
  const headers = Object.fromEntries(names.map((name) => [name, response.headers.get(name)]));
  expect(comparableHeaders(headers, volatile)).toEqual(comparableHeaders(recorded.headers, volatile));
  expect(comparableBody(body, volatile)).toEqual(comparableBody(recorded.body, volatile));
  if (decoded === undefined) return;
  const token = accessTokenOf(body, target);
  expect(decodeProtectedHeader(token)).toEqual({ ...decoded.header, kid: key.kid });
  const claims = decodeJwt(token);
  expect(comparableClaims(claims)).toEqual(comparableClaims(decoded.payload));
  expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(3600);
}

describe.each(recordings)("answers as a real GoTrue did in $file", ({ file, exchanges }) => {
  for (const [index, exchange] of exchanges.entries()) {
    const title = `${index + 1}. ${exchange.name}`;
    const reason = knownDifferences[exchange.name];
    if (reason !== undefined) {
      it.fails(`${title} (differs: ${reason})`, () => replay(exchange));
      continue;
    }
    it(title, async () => {
      await replay(exchange);
      passed.set(file, (passed.get(file) ?? 0) + 1);
    });
  }
});

describe("the refresh tokens of the recordings", () => {
  it("gives out the same refresh token again where the recording says so", () => {
    expect(captured.get("a2b.refresh_token")).toBe(captured.get("a2.refresh_token"));
    expect(captured.get("p2b.refresh_token")).toBe(captured.get("p2.refresh_token"));
    expect(captured.get("s2b")).toBe(captured.get("s2"));
    expect(captured.get("q4b")).toBe(captured.get("q4"));
    expect(captured.get("q5b")).toBe(captured.get("q5"));
  });

  it("makes a new token for an older one inside the reuse interval", () => {
    expect(captured.get("s4")).not.toBe(captured.get("s3"));
  });
});
