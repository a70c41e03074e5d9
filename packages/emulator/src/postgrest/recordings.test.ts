import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase, type Database } from "../database/database.ts";
import { createPostgrest, type Postgrest } from "./postgrest.ts";
import { refuseWithoutKey } from "./testing/gateway.ts";
import { parseBody, parseRecordings, textWithoutVolatile, withoutVolatile } from "./testing/recording.ts";
import { createRequester, type Requester } from "./testing/requester.ts";
import { createMint } from "./testing/tokens.ts";

const folder = new URL("../../recordings/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), "utf8");
const recordings = parseRecordings(read("rest.jsonl"));
const seed = read("rest-seed.sql");

/** Names of recordings that differ for a known reason. They count as failures in the printed rate. */
const knownDifferences: Readonly<Record<string, string>> = {};

let database: Database;
let postgrest: Postgrest;
let authorizationOf: Requester;
const rate = { exchanges: 0, json: 0, text: 0 };

beforeAll(async () => {
  const now = Math.floor(Date.now() / 1000);
  const mint = await createMint(now);
  authorizationOf = createRequester(mint, now);
  database = await createDatabase();
  await database.exec(read("rest-schema.sql"));
  postgrest = createPostgrest({
    database,
    schemas: ["public", "graphql_public"],
    anonRole: "anon",
    maxRows: 1000,
    jwks: () => mint.jwks,
    clock: { now: () => now * 1000 },
  });
});

afterAll(async () => {
  await database.close();
  const { exchanges, json, text } = rate;
  process.stdout.write(
    `recordings of real PostgREST: ${json}/${exchanges} the same, ${text}/${exchanges} to the letter\n`,
  );
});

async function send(recording: (typeof recordings)[number]): Promise<Response> {
  const { as, method, path, headers, body } = recording;
  const refusal = refuseWithoutKey(as, method);
  if (refusal !== undefined) return refusal;
  const authorization = await authorizationOf(as);
  const url = `http://localhost${path.replace("/rest/v1", "").replace(/[?&]apikey=[^&]*/, "")}`;
  const sendable = method === "TRACE" ? "GET" : method;
  const request = new Request(url, {
    method: sendable,
    headers: { ...headers, ...(authorization === undefined ? {} : { authorization }) },
    body: body === null ? null : new TextEncoder().encode(body),
  });
  // The constructor refuses TRACE, which a server can receive all the same.
  if (sendable !== method) Object.defineProperty(request, "method", { value: method });
  return postgrest.fetch(request);
}

describe("answers like a real PostgREST", () => {
  for (const recording of recordings) {
    const { name, volatile, response: expected } = recording;
    const isKnown = name in knownDifferences;
    it(isKnown ? `${name} (differs: ${knownDifferences[name]})` : name, async () => {
      rate.exchanges += 1;
      if (recording.reset) await database.exec(seed);
      const response = await send(recording);
      const text = await response.text();
      const actual = {
        status: volatile.includes("status") ? expected.status : response.status,
        headers: Object.fromEntries(
          Object.keys(expected.headers).map((key) => [
            key,
            volatile.includes(key) ? expected.headers[key] : response.headers.get(key),
          ]),
        ),
        body: withoutVolatile(parseBody(text), volatile),
      };
      const wanted = {
        status: expected.status,
        headers: expected.headers,
        body: withoutVolatile(parseBody(expected.body), volatile),
      };
      if (isKnown) return;
      expect(actual).toEqual(wanted);
      rate.json += 1;
      expect(textWithoutVolatile(text, volatile)).toBe(textWithoutVolatile(expected.body ?? "", volatile));
      rate.text += 1;
    });
  }
});
