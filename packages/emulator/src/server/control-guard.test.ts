import { once } from "node:events";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEmulator } from "../start-emulator.ts";

let emulator: Awaited<ReturnType<typeof startEmulator>>;
beforeAll(async () => {
  emulator = await startEmulator({ controlOrigins: ["https://app.test:8443", "null"] });
});
afterAll(() => emulator.close());

/** By hand, since a fetch sets `Host` and `Origin` itself. */
async function statusOf(path: string, headers: Record<string, string>, method = "GET"): Promise<number | undefined> {
  const asked = request(emulator.url + path, { method, headers, agent: false });
  asked.end();
  const [response] = await once(asked, "response");
  response.resume();
  return response.statusCode;
}

const path = "/__emulator/clock";

describe("pages of other sites", () => {
  it.each([
    "https://evil.example",
    "http://localhost.evil.example",
    "http://127.0.0.1.evil.example",
    "https://app.test",
    "http://0.0.0.0:4000",
    "file://",
  ])("%s is kept from the controls", async (origin) => {
    expect(await statusOf(path, { origin })).toBe(403);
    const simple = { origin, "content-type": "text/plain" };
    expect(await statusOf("/__emulator/reset", simple, "POST")).toBe(403);
  });

  it.each([
    "http://localhost:3000",
    "http://127.0.0.1:5173",
    "http://[::1]:1",
    "http://app.localhost",
    "https://app.test:8443",
    "null",
  ])("%s may use them", async (origin) => {
    expect(await statusOf(path, { origin })).toBe(200);
  });

  it("may read why, and use the service itself", async () => {
    const headers = { origin: "https://evil.example" };
    const answer = await fetch(emulator.url + path, { headers });
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(await answer.json()).toMatchObject({ code: "foreign_origin" });
    expect(await statusOf("/models", headers)).toBe(200);
  });
});

describe("a name that means this machine for a moment", () => {
  it("opens neither the controls nor the page", async () => {
    expect(await statusOf(path, { host: "evil.example" })).toBe(403);
    expect(await statusOf("/", { host: "evil.example:4000", accept: "text/html" })).toBe(403);
  });

  it.each(["localhost:1", "127.0.0.1", "[::1]:4000", "emulator.localhost", "app.test:8443"])(
    "is not %s",
    async (host) => {
      expect(await statusOf(path, { host })).toBe(200);
      expect(await statusOf("/", { host, accept: "text/html" })).toBe(200);
    },
  );
});

it("whoever has the control key needs no origin", async () => {
  await using open = await startEmulator({ controlKey: "secret" });
  const headers = { origin: "https://evil.example", "x-emulator-key": "secret" };
  expect((await fetch(open.url + path, { headers })).status).toBe(200);
  expect((await fetch(open.url + path)).status).toBe(401);
});
