import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { type GenerationChunk, readGeneration } from "flowith-webapi";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testAssistant } from "./assistant.ts";
import { buildApp, environmentOf, type NextServer, startApp } from "./next-server.ts";

const app = fileURLToPath(new URL("../", import.meta.url));
const MINUTE_MS = 60_000;
const BUILD_TOKEN = "token-of-the-build";

let emulator: Emulator;
let server: NextServer;
let token: string;
let refreshToken: string;

beforeAll(async () => {
  emulator = await startEmulator({ firstEventMs: 0, fragmentMs: 0, imageMs: 0 });
  // Enough for one picture and three texts.
  ({ token, refreshToken } = await emulator.createUser({ credits: 13 }));
  const environment = environmentOf(emulator, { token, refreshToken });
  // Where an image is built there is no session: a page that asked then would say so to everybody for good.
  await buildApp(app, { ...environment, FLOWITH_TOKEN: BUILD_TOKEN, FLOWITH_REFRESH_TOKEN: "" });
  server = await startApp(app, environment);
}, 10 * MINUTE_MS);

afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await emulator?.close();
});

function post(path: string, body: string, signal?: AbortSignal): Promise<Response> {
  return fetch(`${server.url}${path}`, { method: "POST", body, signal: signal ?? null });
}

async function page(): Promise<string> {
  return (await fetch(server.url)).text();
}

it("shows what is left to spend now, not at build time", async () => {
  expect(emulator.journal.list()).toEqual([]);
  expect(await page()).toContain("13 credits are left.");
  let last: GenerationChunk | undefined;
  for await (const chunk of readGeneration(post("/answer", "Say: hello"))) last = chunk;
  expect(last).toMatchObject({ text: "hello", isFinal: true });
  expect(last?.reasoning).toContain("The user writes");
  expect(await page()).toContain("12 credits are left.");
});

it("shows what is written so far, and ends the job when the reader leaves", async () => {
  const route = "POST /completion";
  emulator.model.add({ match: "count", fragments: ["one ", "two ", "three"] });
  // No more than the first piece ever comes: whoever waits for the whole text waits for good.
  emulator.faults.arm({ type: "silence", route, afterEvents: 1 });
  const leaving = new AbortController();
  const reading = readGeneration(post("/answer", "Please count.", leaving.signal));
  expect((await reading.next()).value).toMatchObject({ text: "one ", isFinal: false });
  expect(emulator.journal.list({ route, isCutShort: true })).toEqual([]);
  leaving.abort();
  await expect(reading.next()).rejects.toThrow("aborted");
  expect(await emulator.journal.waitFor({ route, isCutShort: true }, MINUTE_MS)).toBeDefined();
});

it("stays signed in, though Next has a client for pages and another for Route Handlers", async () => {
  for (const _hour of [1, 2, 3]) {
    emulator.clock.advance(60 * MINUTE_MS);
    expect(await page()).toContain("11 credits are left.");
  }
  expect((await post("/answer", "Say: still here")).status).toBe(200);
  expect(emulator.journal.list({ route: "POST /auth/v1/token" })).toHaveLength(3);
});

it("draws, until there is nothing left to draw with", async () => {
  const picture = await post("/picture", "A boat");
  expect([picture.status, picture.headers.get("content-type")]).toEqual([200, "image/png"]);
  expect(String.fromCharCode(...(await picture.bytes()).subarray(1, 4))).toBe("PNG");
  expect(await page()).toContain("0 credits are left.");
  for (const path of ["/picture", "/answer"]) {
    const refused = await post(path, "A boat");
    expect([refused.status, await refused.json()]).toMatchObject([402, { code: "insufficient_credits" }]);
  }
  expect((await post("/answer", " ")).status).toBe(400);
});

it("says that its own session is over", async () => {
  emulator.faults.arm({ type: "status", status: 401, route: "*", count: 0 });
  expect(await page()).toContain("This site is no longer signed in at Flowith.");
  expect((await post("/answer", "Hello")).status).toBe(401);
  emulator.faults.remove();
});

it("sends no token to the page", async () => {
  const folder = join(app, ".next/static");
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const sent = new Map([["page", await page()]]);
  for (const { parentPath, name } of files) sent.set(name, await readFile(join(parentPath, name), "utf8"));
  expect(sent.size).toBeGreaterThan(4);
  const tells = ([, text]: [string, string]): boolean =>
    [BUILD_TOKEN, token, refreshToken].some((secret) => text.includes(secret));
  expect([...sent].filter(tells).map(([name]) => name)).toEqual([]);
});

// In this file, since two that build the app at once would be in each other's way.
testAssistant(app, () => emulator);
