import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Emulator } from "../emulator.ts";
import { createEmulator, startEmulator } from "../start-emulator.ts";
import { TestClient } from "../testing/test-client.ts";

let emulator: Emulator;
let client: TestClient;
beforeAll(async () => {
  emulator = await createEmulator({ firstEventMs: 5, fragmentMs: 1 });
});
afterAll(() => emulator.close());
beforeEach(async () => {
  emulator.faults.remove();
  client = await TestClient.create(emulator);
});

const status = async (path: string): Promise<number> => (await client.get(path)).status;

it("status: answers with status, headers and body as told, so often as told", async () => {
  const body = { detail: "slow down" };
  const headers = { "retry-after": "3" };
  const { id } = emulator.faults.arm({ type: "status", route: "GET /user/*", status: 429, headers, body, count: 2 });
  const first = await client.get("/user/credits");
  expect([first.status, first.headers.get("retry-after"), await first.json()]).toEqual([429, "3", body]);
  expect(emulator.faults.list()).toMatchObject([{ id, hits: 1, remaining: 1 }]);
  expect(await status("/templates")).toBe(200);
  expect(await status("/user/credit_type")).toBe(429);
  expect(await status("/user/credits")).toBe(200);
});

it("status: strikes only the user it is meant for", async () => {
  const other = await TestClient.create(emulator);
  emulator.faults.arm({ type: "status", status: 503, user: other.user.email, count: 0 });
  expect(await status("/user/credits")).toBe(200);
  expect((await other.get("/user/credits")).status).toBe(503);
  expect((await other.rest("/conversation?select=id")).status).toBe(503);
});

it("status: strikes the refresh of one user, whose request carries no access token", async () => {
  const other = await TestClient.create(emulator);
  emulator.faults.arm({ type: "status", route: "/auth/v1/token", status: 500, user: client.user.id });
  await other.refresh();
  await expect(client.refresh()).rejects.toThrow();
  await client.refresh();
});

it("status after: the request takes effect and only its answer is lost", async () => {
  emulator.faults.arm({ type: "status", route: "POST /completion/async", status: 502, when: "after" });
  const stream = await client.stream();
  const { response } = await client.ask("Hello");
  expect(response.status).toBe(502);
  await stream.untilEvent("complete");
  await stream.close();
});

it("delay: the answer comes late", async () => {
  emulator.faults.arm({ type: "delay", route: "/user/credits", ms: 80 });
  const startMs = performance.now();
  expect(await status("/user/credits")).toBe(200);
  expect(performance.now() - startMs).toBeGreaterThan(75);
});

it("html: a proxy's page comes instead of JSON", async () => {
  emulator.faults.arm({ type: "html", route: "/user/credits" });
  const response = await client.get("/user/credits");
  expect([response.status, response.headers.get("content-type")]).toEqual([502, "text/html; charset=utf-8"]);
  expect(await response.text()).toContain("<!DOCTYPE html>");
});

it("disconnect: the connection breaks, before or after the request took effect", async () => {
  emulator.faults.arm({ type: "disconnect", route: "/mkt/daily-rewards/claim" });
  await expect(client.post("/mkt/daily-rewards/claim", {})).rejects.toThrow(TypeError);
  expect(await (await client.get("/mkt/daily-rewards/status")).json()).toMatchObject({ claimed_today: false });
  emulator.faults.arm({ type: "disconnect", route: "/mkt/daily-rewards/claim", when: "after" });
  await expect(client.post("/mkt/daily-rewards/claim", {})).rejects.toThrow(TypeError);
  expect(await (await client.get("/mkt/daily-rewards/status")).json()).toMatchObject({ claimed_today: true });
});

it("silence: a request is never answered, and can be given up", async () => {
  emulator.faults.arm({ type: "silence", route: "/models" });
  const giveUp = new AbortController();
  const asked = emulator.fetch("/models", { signal: giveUp.signal });
  await emulator.journal.waitFor({ route: "/models" });
  giveUp.abort(new Error("given up"));
  await expect(asked).rejects.toThrow("given up");
});

it("says what is wrong with the description of a fault", async () => {
  const arm = (body: unknown): Promise<Response> =>
    emulator.fetch("/__emulator/faults", { method: "POST", body: JSON.stringify(body) });
  expect(await (await arm({ type: "rain" })).json()).toMatchObject({
    detail: [{ loc: ["body", "type"], msg: expect.stringContaining("Known types: big-event, cut,") }],
  });
  const wrong = await arm({ type: "cut", afterEvents: -1 });
  expect([wrong.status, await wrong.json()]).toMatchObject([422, { detail: [{ loc: ["body", "afterEvents"] }] }]);
  expect((await arm({ type: "cut", afterEvent: 1 })).status).toBe(422);
});

it("is armed, listed and removed over HTTP", async () => {
  const body = JSON.stringify({ type: "status", route: "/models", status: 500, count: 0 });
  const armed = await emulator.fetch("/__emulator/faults", { method: "POST", body });
  expect([armed.status, await armed.json()]).toMatchObject([201, { hits: 0, remaining: null }]);
  expect((await emulator.fetch("/models")).status).toBe(500);
  const listed: unknown = await (await emulator.fetch("/__emulator/faults")).json();
  expect(listed).toMatchObject([{ fault: { type: "status", status: 500 }, hits: 1 }]);
  expect((await emulator.fetch("/__emulator/faults", { method: "DELETE" })).status).toBe(204);
  expect((await emulator.fetch("/models")).status).toBe(200);
});

it("leaves preflights alone unless they are named", async () => {
  emulator.faults.arm({ type: "status", status: 500 });
  expect((await emulator.fetch("/models", { method: "OPTIONS" })).status).toBe(204);
  expect((await emulator.fetch("/models")).status).toBe(500);
});

it("breaks real sockets as it breaks answers in process", async () => {
  await using served = await startEmulator({ firstEventMs: 5, fragmentMs: 1 });
  const user = await served.createUser();
  served.faults.arm({ type: "disconnect", route: "/models" });
  await expect(fetch(`${served.edgeUrl}/models`)).rejects.toThrow("fetch failed");
  served.faults.arm({ type: "cut", route: "/completion", afterEvents: 2 });
  served.model.add({ match: "count", fragments: ["one ", "two ", "three"] });
  const response = await fetch(`${served.edgeUrl}/completion`, {
    method: "POST",
    headers: { authorization: user.token },
    body: JSON.stringify({ model: "gpt-4.1-nano", messages: [{ role: "user", content: "count" }] }),
  });
  const seen: string[] = [];
  const read = async (): Promise<void> => {
    for await (const piece of response.body ?? []) seen.push(new TextDecoder().decode(piece));
  };
  await expect(read()).rejects.toThrow("terminated");
  expect(seen.join("")).toBe("one two ");
});
