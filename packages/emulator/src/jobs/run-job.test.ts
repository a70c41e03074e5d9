import { afterAll, beforeAll, expect, it } from "vitest";
import { createEmulator } from "../start-emulator.ts";
import { TestClient } from "../testing/test-client.ts";

let emulator: Awaited<ReturnType<typeof createEmulator>>;
const bugs: unknown[] = [];
beforeAll(async () => {
  emulator = await createEmulator({ firstEventMs: 0, fragmentMs: 0, videoMs: 0, onError: (error) => bugs.push(error) });
});
afterAll(() => emulator.close());

async function balance(client: TestClient): Promise<number> {
  const grants: { remain_quota: number }[] = await (await client.get("/user/credits")).json();
  return grants.reduce((sum, { remain_quota }) => sum + remain_quota, 0);
}

it.each(["a\0b", "a\ud800b"])("a job whose answer %j cannot be kept fails, says so and is paid back", async (text) => {
  const client = await TestClient.create(emulator, { credits: 10 });
  const stream = await client.stream();
  const { nodeId } = await client.ask(`Say: ${text}`);
  await stream.until(({ text: received }) => received.includes('"error"'));
  await stream.close();
  expect(await client.data(nodeId)).toMatchObject({
    status: "failed",
    error: expect.stringContaining("cannot be kept"),
  });
  expect(await balance(client)).toBe(10);
  expect(bugs).toEqual([]);
});

it("a failure that is told in such characters is told all the same", async () => {
  const client = await TestClient.create(emulator, { credits: 10 });
  emulator.model.add({ match: "fail", fail: { reason: "unknown", message: "no\0!" }, user: client.user.id });
  const { nodeId } = await client.ask("fail");
  await expect
    .poll(() => client.data(nodeId), { timeout: 5000 })
    .toMatchObject({ status: "failed", error: "no\uFFFD!" });
  expect(await balance(client)).toBe(10);
});

it("a video whose row cannot be made costs nothing", async () => {
  const client = await TestClient.create(emulator, { credits: 100 });
  const { response } = await client.film("A cat", { resolution: "a\ud800" });
  expect(response.status).toBe(422);
  expect(await balance(client)).toBe(100);
});
