import { afterAll, beforeAll, expect, it } from "vitest";
import type { Emulator } from "../emulator.ts";
import { createEmulator } from "../start-emulator.ts";
import { TestClient } from "../testing/test-client.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator();
});
afterAll(() => emulator.close());

it("takes the token bare and with a scheme, and refuses none, a wrong one and an expired one", async () => {
  const { user } = await TestClient.create(emulator, { expiresInSeconds: 60 });
  const status = async (authorization?: string): Promise<number> =>
    (await emulator.fetch("/user/credits", authorization === undefined ? {} : { headers: { authorization } })).status;
  expect(await status(user.token)).toBe(200);
  expect(await status(`Bearer ${user.token}`)).toBe(200);
  expect(await status()).toBe(401);
  expect(await status("garbage")).toBe(401);
  expect(await status(`${user.token.slice(0, -6)}AAAAAA`)).toBe(401);
  emulator.clock.advance(61_000);
  expect(await status(user.token)).toBe(401);
  emulator.clock.reset();
});

it("opens a stream only for the user of the token", async () => {
  const client = await TestClient.create(emulator);
  expect((await client.get("/user_stream/stream?user_id=someone-else")).status).toBe(403);
  expect((await client.get("/user_stream/stream")).status).toBe(422);
  const stream = await client.stream("sse");
  await stream.until(({ text }) => text.includes("\n\n"));
  expect(stream.events).toEqual([{ status: "connected" }]);
  await stream.close();
});

it("says of what it does not know that it does not know it", async () => {
  const client = await TestClient.create(emulator);
  const response = await client.get("/video/status");
  expect(response.status).toBe(501);
  expect(await response.text()).toContain("The emulator does not know GET /video/status");
});

it("lists models keyed by id, with logo and description only when asked for", async () => {
  const plain: unknown = await (await emulator.fetch("/models")).json();
  expect(plain).toMatchObject({ "gpt-4.1-nano": { title: "GPT-4.1 nano", media: "text", tier: "free" } });
  expect(JSON.stringify(plain)).not.toContain("logo");
  const full: unknown = await (await emulator.fetch("/models?logo=1&desc=1")).json();
  expect(full).toMatchObject({ "seedance-2.0-fast": { logo: expect.any(String), supportsAudio: true } });
});

it("lets a page of any origin in", async () => {
  const preflight = await emulator.fetch("/completion/async", {
    method: "OPTIONS",
    headers: { origin: "https://page.example", "access-control-request-headers": "authorization,content-type" },
  });
  expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
  expect(preflight.headers.get("access-control-allow-headers")).toBe("authorization,content-type");
  const refused = await emulator.fetch("/user/credits", { headers: { origin: "https://page.example" } });
  expect(refused.status).toBe(401);
  expect(refused.headers.get("access-control-allow-origin")).toBe("*");
});

it("grants a daily reward once a day, by its own clock", async () => {
  const client = await TestClient.create(emulator, { credits: 5 });
  const claim = async (): Promise<number> => (await client.post("/mkt/daily-rewards/claim", {})).status;
  const balance = async (): Promise<string> => (await client.get("/user/credits")).text();
  expect(await claim()).toBe(200);
  expect(await claim()).toBe(409);
  expect(await balance()).toContain('"remain_quota":100');
  expect(await (await client.get("/mkt/daily-rewards/status")).json()).toMatchObject({ can_claim: false });
  emulator.clock.advance(86_400_000);
  await client.refresh();
  expect(await claim()).toBe(200);
  emulator.clock.reset();
});

it("takes no credits from a grant that has ended", async () => {
  const client = await TestClient.create(emulator, { credits: 5 });
  emulator.clock.advance(366 * 86_400_000);
  await client.refresh();
  expect(await (await client.get("/user/credits")).json()).toEqual([]);
  expect((await client.ask("Hello")).response.status).toBe(402);
  emulator.clock.reset();
});

it("answers the small calls of the web app", async () => {
  const client = await TestClient.create(emulator);
  const paths = [
    "/templates?page_size=1000&type=image",
    "/user/credit_type",
    "/discord/invite-link",
    "/featurebase/status",
    "/mkt/banana-2025/check",
    "/invitation/access-new-version",
    "/enterprise/dashboard/me",
    "/user/campaigns/effective-status?model_id=gpt-image-2",
  ];
  for (const path of paths) expect((await client.get(path)).status, path).toBe(200);
  expect(await (await client.get(paths[0] ?? "")).json()).toMatchObject({ data: [{ type: "image" }] });
});

it("lists who works on a conversation to those who may see it", async () => {
  const [alice, bob] = emulator.users;
  const path = "/cooperate/list?conv_id=0c000000-0000-4000-8000-000000000001";
  const seen = await emulator.fetch(path, { headers: { authorization: bob?.token ?? "" } });
  expect(await seen.json()).toMatchObject([{ user_id: alice?.id, role: 0, user_name: "alice" }, { user_id: bob?.id }]);
  const stranger = await TestClient.create(emulator);
  expect((await stranger.get(path)).status).toBe(404);
  expect((await stranger.get("/cooperate/list?conv_id=1")).status).toBe(422);
});
