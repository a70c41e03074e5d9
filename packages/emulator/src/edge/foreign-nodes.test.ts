import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Emulator } from "../emulator.ts";
import { createEmulator } from "../start-emulator.ts";
import { TestClient } from "../testing/test-client.ts";

let emulator: Emulator;
let stranger: TestClient;
let owner: TestClient;
beforeAll(async () => {
  emulator = await createEmulator({ firstEventMs: 5, fragmentMs: 1, imageMs: 10, videoMs: 10 });
  [stranger, owner] = [await TestClient.create(emulator), await TestClient.create(emulator)];
});
afterAll(() => emulator.close());

const untouched = { title: "AI", value: "mine", status: "done" };
const messages = [{ role: "user", content: "Hello" }];

const text = { model: "gpt-4.1-nano", messages };
const image = { model: "gemini-3.1-flash-image", messages };
const video = { model: "seedance-2.0-fast", prompt: "A cat on a beach" };

/** Every way to name somebody else's node, conversation or both. */
async function ways() {
  const [own, foreign] = [await stranger.node("1", { value: "my prompt" }), await owner.node("2", untouched)];
  const [ownConv, foreignConv] = [await stranger.conversation(), await owner.conversation()];
  const byRow = [
    { nodeId: foreign, convId: ownConv },
    { nodeId: foreign, convId: foreignConv },
    { nodeId: own, convId: foreignConv },
  ];
  return {
    foreign,
    posts: [
      ...byRow.map((ids) => ["/completion/async", { ...text, ...ids }] as const),
      ...byRow.map((ids) => ["/image_gen/async", { ...image, ...ids }] as const),
      ["/video/async", { ...video, nodeId: foreign, convId: ownConv, parentNodeId: own }] as const,
      ["/video/async", { ...video, nodeId: randomUUID(), convId: ownConv, parentNodeId: foreign }] as const,
      ["/video/async", { ...video, nodeId: randomUUID(), convId: foreignConv, parentNodeId: own }] as const,
      ["/video/async", { ...video, nodeId: randomUUID(), convId: foreignConv, parentNodeId: foreign }] as const,
    ],
  };
}

async function expectRefused(): Promise<void> {
  const { foreign, posts } = await ways();
  const nodesBefore = await (await owner.rest("/flow_node?select=id&order=id")).json();
  const creditsBefore = await (await stranger.get("/user/credits")).json();
  for (const [path, body] of posts) {
    const response = await stranger.post(path, body);
    expect([path, body, response.status]).toEqual([path, body, 404]);
    expect(await response.json()).toMatchObject({ code: "not_found" });
  }
  expect(await owner.data(foreign)).toEqual(untouched);
  expect(await (await owner.rest("/flow_node?select=id&order=id")).json()).toEqual(nodesBefore);
  expect(await (await stranger.get("/user/credits")).json()).toEqual(creditsBefore);
}

it("no job is taken that names somebody else's node or conversation", expectRefused);

it("nor for one who may only read there", async () => {
  const body = JSON.stringify({ user_id: stranger.user.id, conv_id: await owner.conversation(), role: 2 });
  expect((await owner.rest("/cooperate", { method: "POST", body })).status).toBe(201);
  await expectRefused();
});

it("a direct completion keeps nothing, whatever ids it names", async () => {
  const { foreign } = await ways();
  const ids = { nodeId: foreign, convId: await owner.conversation() };
  const response = await stranger.post("/completion", { ...text, ...ids });
  expect(response.status).toBe(200);
  await response.text();
  expect(await owner.data(foreign)).toEqual(untouched);
});

it("a video whose id became somebody else's before its end leaves that one's row alone", async () => {
  const { id } = emulator.faults.arm({ type: "keep-init", user: stranger.user.id });
  emulator.model.add({ match: "a slow cat", firstEventMs: 300, user: stranger.user.id });
  const stream = await stranger.stream();
  const { sent } = await stranger.film("a slow cat");
  const conv_id = await owner.conversation();
  const body = JSON.stringify({ id: sent, conv_id, type: "2", data: untouched });
  expect((await owner.rest("/flow_node", { method: "POST", body })).status).toBe(201);
  await stream.until(({ events }) => events.some(({ type, nodeId }) => type === "result" && nodeId === sent));
  expect(await owner.data(sent)).toEqual(untouched);
  emulator.faults.remove(id);
  await stream.close();
});

it("a video's id that another's job has, though there is no row yet, is taken", async () => {
  const { id } = emulator.faults.arm({ type: "keep-init", user: owner.user.id });
  emulator.model.add({ match: "an endless cat", firstEventMs: 600_000 });
  const { sent } = await owner.film("an endless cat");
  const { response } = await stranger.film("A cat on a beach", { nodeId: sent });
  expect(response.status).toBe(404);
  emulator.faults.remove(id);
});
