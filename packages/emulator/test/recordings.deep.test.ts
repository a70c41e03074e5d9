// The recordings once more, over a socket: schema, seed and key are handed to the command line as a stranger would.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  parseBody,
  parseRecordings,
  type Recording,
  textWithoutVolatile,
  withoutVolatile,
} from "../src/postgrest/testing/recording.ts";
import { createRequester, type Requester } from "../src/postgrest/testing/requester.ts";
import { createMint } from "../src/postgrest/testing/tokens.ts";
import { type EmulatorProcess, startProcess } from "../src/testing/emulator-process.ts";

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const recordings = parseRecordings(await readFile(path("../recordings/rest.jsonl"), "utf8"));
const publishableKey = "sb_publishable_of_this_test";

let folder: string;
let emulator: EmulatorProcess;
let authorizationOf: Requester;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowith-recordings-"));
  const now = Math.floor(Date.now() / 1000);
  const mint = await createMint(now);
  // By the clock of each request: one is about a token that has just expired, and a busy machine takes its time.
  authorizationOf = (as) => createRequester(mint, Math.floor(Date.now() / 1000))(as);
  await writeFile(join(folder, "key.json"), JSON.stringify(mint.privateJwk));
  const schema = ["--schema", path("../recordings/rest-schema.sql"), "--seed", path("../recordings/rest-seed.sql")];
  const keys = ["--signing-key", join(folder, "key.json"), "--key", publishableKey];
  emulator = await startProcess(path("../dist/cli.js"), ["start", "--port", "0", ...schema, ...keys]);
});
afterAll(async () => {
  await emulator.end();
  await rm(folder, { recursive: true });
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Sends nothing but what is recorded: fetch would add headers, and refuses TRACE. */
async function send({ as, method, path: target, headers, body }: Recording): Promise<Answer> {
  const authorization = await authorizationOf(as === "anonbearer" ? "anon" : as);
  const key = as === "badkey" ? "another" : publishableKey;
  const hasHeader = as !== "none" && as !== "keyinquery";
  const query = as === "keyinquery" ? `${target.includes("?") ? "&" : "?"}apikey=${publishableKey}` : "";
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      `${emulator.ready.supabaseUrl}${target.replace(/[?&]apikey=[^&]*/, "")}${query}`,
      {
        method,
        headers: {
          ...headers,
          ...(hasHeader ? { apikey: key } : {}),
          ...(as === "anonbearer" ? { authorization: `Bearer ${publishableKey}` } : {}),
          ...(authorization === undefined ? {} : { authorization }),
          ...(body === null ? {} : { "content-length": Buffer.byteLength(body) }),
        },
      },
      (response) => {
        const pieces: Buffer[] = [];
        response.on("data", (piece: Buffer) => pieces.push(piece));
        response.on("error", reject);
        response.on("end", () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(pieces).toString(),
          });
        });
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body ?? undefined);
  });
}

function headersOf(recording: Recording, headers: IncomingHttpHeaders): Record<string, unknown> {
  const { volatile, response } = recording;
  const names = Object.keys(response.headers).filter((name) => !volatile.includes(name));
  return Object.fromEntries(names.map((name) => [name, headers[name]]));
}

it(`answers all ${recordings.length} recorded requests over a socket as PostgREST did`, {
  timeout: 60_000,
}, async () => {
  const different: unknown[] = [];
  for (const recording of recordings) {
    const { name, volatile, response: expected } = recording;
    if (recording.reset) {
      const reset = await fetch(`${emulator.ready.edgeUrl}/__emulator/reset`, { method: "POST" });
      expect(reset.status).toBe(200);
    }
    const { status, headers, text } = await send(recording);
    const actual = {
      name,
      status: volatile.includes("status") ? expected.status : status,
      headers: headersOf(recording, headers),
      body: withoutVolatile(parseBody(text), volatile),
      text: textWithoutVolatile(text, volatile),
    };
    const wanted = {
      name,
      status: expected.status,
      headers: headersOf(recording, expected.headers),
      body: withoutVolatile(parseBody(expected.body), volatile),
      text: textWithoutVolatile(expected.body ?? "", volatile),
    };
    if (JSON.stringify(actual) !== JSON.stringify(wanted)) different.push({ actual, wanted });
  }
  process.stdout.write(`over a socket: ${recordings.length - different.length} of ${recordings.length} as recorded\n`);
  expect(different).toEqual([]);
});

it("lets its own key sign for the edge and the auth service as well", async () => {
  const { edgeUrl, supabaseUrl, users } = emulator.ready;
  const authorization = (await authorizationOf("alice")) ?? "";
  expect((await fetch(`${edgeUrl}/user/credits`, { headers: { authorization } })).status).toBe(200);
  const user = await fetch(`${supabaseUrl}/auth/v1/user`, { headers: { authorization, apikey: publishableKey } });
  // the session of a minted token is nobody's, which is what the service says of it once the signature is good
  expect(await user.json()).toMatchObject({ error_code: "session_not_found" });
  expect(users.map(({ email }) => email)).toEqual(["alice@example.com", "bob@example.com"]);
});

it("starts without users when a reset asks for none", async () => {
  const { edgeUrl, supabaseUrl } = emulator.ready;
  const answer = await fetch(`${edgeUrl}/__emulator/reset`, { method: "POST", body: JSON.stringify({ users: [] }) });
  expect(await answer.json()).toMatchObject({ edgeUrl, supabaseUrl, users: [] });
  const credentials = { email: "alice@example.com", password: "flowith-emulator" };
  const signIn = await fetch(`${supabaseUrl}/auth/v1/token?grant_type=password`, {
    method: "POST",
    headers: { apikey: publishableKey },
    body: JSON.stringify(credentials),
  });
  expect(signIn.status).toBe(400);
});

it("says nothing on stdout but the line that it is ready", () => {
  expect(emulator.stdout().trim().split("\n")).toEqual([JSON.stringify(emulator.ready)]);
});
