import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Emulator } from "../emulator.ts";
import { createEmulator } from "../start-emulator.ts";
import { TestClient } from "../testing/test-client.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator({ firstEventMs: 5, fragmentMs: 1, imageMs: 10, videoMs: 10 });
  // jobs that are on their way for as long as the test lasts
  emulator.model.add({ match: "slow text", fragments: ["first", "second"], delayMs: 600_000 });
  emulator.model.add({ match: "slow media", firstEventMs: 600_000 });
});
afterAll(() => emulator.close());

const control = (method: string, path: string, body?: object) =>
  emulator.fetch(`/__emulator${path}`, { method, body: body === undefined ? null : JSON.stringify(body) });

async function answersUnder(client: TestClient, parentNodeId: string): Promise<unknown> {
  return (await client.rest(`/flow_node?p_id=eq.${parentNodeId}&select=id,type,data->>status`)).json();
}

describe("rows that keep init, for one user, by a fault over HTTP", () => {
  let kept: TestClient;
  let other: TestClient;
  beforeAll(async () => {
    [kept, other] = [await TestClient.create(emulator), await TestClient.create(emulator)];
    expect((await control("POST", "/faults", { type: "keep-init", user: kept.user.id })).status).toBe(201);
  });

  it("a text's tells nothing while the text streams, and its end as always", async () => {
    const [keptStream, otherStream] = [await kept.stream(), await other.stream()];
    const inserted = { title: "AI", value: "", status: "init", model: "gpt-4.1-nano" };
    const { nodeId } = await kept.ask("slow text");
    const { nodeId: told } = await other.ask("slow text");
    await Promise.all([keptStream.untilEvent("chunks"), otherStream.untilEvent("chunks")]);
    expect(await kept.data(nodeId)).toEqual(inserted);
    expect(await other.data(told)).toEqual({ ...inserted, status: "loading" });
    const { nodeId: ended } = await kept.ask("Say: done");
    await keptStream.untilEvent("complete");
    expect(await kept.data(ended)).toMatchObject({ status: "done", value: "done" });
    await Promise.all([keptStream.close(), otherStream.close()]);
  });

  it("a picture's tells nothing while it is drawn, and a failure as always", async () => {
    const stream = await kept.stream();
    const { nodeId } = await kept.draw("slow media");
    // posted later, so that its row changes later
    const { nodeId: told } = await other.draw("slow media");
    await expect.poll(() => other.data(told), { timeout: 5000 }).toMatchObject({ status: "loading" });
    expect(await kept.data(nodeId)).toMatchObject({ status: "init" });
    emulator.model.add({ match: "forbidden", fail: { reason: "content_policy" }, user: kept.user.id });
    const { nodeId: failed } = await kept.draw("forbidden");
    await stream.untilEvent("failed");
    expect(await kept.data(failed)).toMatchObject({ status: "failed", error_type: "content_policy" });
    await stream.close();
  });

  it("a video's is not there before the end", async () => {
    const stream = await kept.stream();
    const { parentNodeId } = await kept.film("slow media");
    const { parentNodeId: told, sent } = await other.film("slow media");
    const loading = [{ id: sent, type: "2", status: "loading" }];
    await expect.poll(() => answersUnder(other, told), { timeout: 5000 }).toEqual(loading);
    expect(await answersUnder(kept, parentNodeId)).toEqual([]);
    const film = await kept.film("A cat on a beach");
    await stream.untilEvent("result");
    expect(await answersUnder(kept, film.parentNodeId)).toEqual([{ id: film.sent, type: "2", status: "done" }]);
    await stream.close();
  });

  it("leaves a video whose conversation was deleted without a row, and that is no error", async () => {
    const client = await TestClient.create(emulator);
    emulator.faults.arm({ type: "keep-init", user: client.user.id });
    emulator.model.add({ match: "slower media", firstEventMs: 200, user: client.user.id });
    const stream = await client.stream();
    const { parentNodeId } = await client.film("slower media");
    await client.rest(`/conversation?id=eq.${await client.conversation()}`, { method: "DELETE" });
    await stream.untilEvent("result");
    expect(await answersUnder(client, parentNodeId)).toEqual([]);
    await stream.close();
  });
});

it("rows keep init for everybody by the setting, but for whom a fault says otherwise", async () => {
  const client = await TestClient.create(emulator);
  const stream = await client.stream();
  const settings = await control("POST", "/settings", { keepInit: true });
  expect(await settings.json()).toMatchObject({ keepInit: true });
  const { nodeId } = await client.ask("slow text");
  await stream.until(({ chunks }) => chunks.length === 1);
  expect(await client.data(nodeId)).toMatchObject({ status: "init" });
  emulator.faults.arm({ type: "keep-init", on: false, user: client.user.id });
  const { nodeId: told } = await client.ask("slow text");
  await stream.until(({ chunks }) => chunks.length === 2);
  expect(await client.data(told)).toMatchObject({ status: "loading" });
  await control("POST", "/settings", { keepInit: false });
  await stream.close();
});
