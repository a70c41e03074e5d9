import { randomUUID } from "node:crypto";
import { decode } from "fast-png";
import { BufferSource, Input, MP4 } from "mediabunny";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Emulator } from "../emulator.ts";
import { createEmulator } from "../start-emulator.ts";
import { TestClient } from "../testing/test-client.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator({ firstEventMs: 5, fragmentMs: 1, imageMs: 10, videoMs: 10 });
});
afterAll(() => emulator.close());

const bytesOf = async (url: unknown): Promise<Uint8Array> =>
  new Uint8Array(await (await emulator.fetch(String(url))).arrayBuffer());

describe("a picture", () => {
  it("comes on both channels and stands in the row, opens, and has the size asked for", async () => {
    const client = await TestClient.create(emulator);
    const [stream, keepalive] = [await client.stream(), await client.stream("sse")];
    const { nodeId, response } = await client.draw("A ripe banana on marble", {
      aspect_ratio: "16:9",
      image_size: "512",
    });
    expect(await response.json()).toMatchObject({ status: "processing" });
    await Promise.all([stream.untilEvent("result"), keepalive.untilEvent("workflow_complete")]);
    const url = stream.lastOfJob?.resultUrl;
    expect(stream.lastOfJob).toMatchObject({ nodeId, status: "completed", nodeData: { value: url } });
    expect(keepalive.text).toMatch(/^data: \{"type":"workflow_complete","taskType":"image_generation"/m);
    expect(keepalive.lastOfJob).toMatchObject({ nodeId, status: "completed", result: url });
    expect(await client.data(nodeId)).toMatchObject({ status: "done", value: url, isImage: true });
    const file = await bytesOf(url);
    expect(decode(file)).toMatchObject({ width: 683, height: 384 });
    expect(file.length).toBeLessThan(200_000);
    expect(String(url)).toMatch(/a-ripe-banana-on-marble%40683x384\.png$/);
    await Promise.all([stream.close(), keepalive.close()]);
  });

  it("shows its prompt: another prompt gives another picture, the same one the same", async () => {
    const client = await TestClient.create(emulator);
    const stream = await client.stream();
    for (const prompt of ["a red rose", "a blue sea", "a red rose"]) await client.draw(prompt);
    await stream.until(({ events }) => events.length === 3);
    const files = new Map<string, Uint8Array[]>();
    for (const { resultUrl } of stream.events) {
      const name = String(resultUrl).split("/").at(-1) ?? "";
      files.set(name, [...(files.get(name) ?? []), await bytesOf(resultUrl)]);
    }
    const [first, again] = files.get("a-red-rose%40512x512.png") ?? [];
    expect(first).toEqual(again);
    expect(files.get("a-blue-sea%40512x512.png")?.[0]).not.toEqual(first);
    await stream.close();
  });

  it("is refused for a size that makes no sense", async () => {
    const client = await TestClient.create(emulator);
    expect((await client.draw("x", { aspect_ratio: "wide" })).response.status).toBe(422);
    expect((await client.draw("x", { image_size: "8k" })).response.status).toBe(422);
  });

  it("that was uploaded or drawn is seen by the text model", async () => {
    const client = await TestClient.create(emulator);
    const stream = await client.stream();
    await client.draw("a red rose");
    await stream.untilEvent("result");
    const url = String(stream.lastOfJob?.resultUrl);
    const parts = [
      { type: "text", text: "What is this?" },
      { type: "image_url", image_url: { url } },
    ];
    const messages = [{ role: "user", content: parts }];
    const answer = await (await client.post("/completion", { model: "gpt-4.1-nano", messages })).text();
    expect(answer).toContain("a-red-rose@512x512.png is a png of 512 x 512 pixels");
    await stream.close();
  });
});

describe("a video", () => {
  async function film(
    client: TestClient,
    options: object = {},
  ): Promise<{ nodeId: string; parentNodeId: string; sent: string }> {
    const { response, parentNodeId, sent } = await client.film("A cat on a beach", options);
    const { nodeId }: { nodeId: string } = await response.json();
    return { nodeId, parentNodeId, sent };
  }

  it("gets an answer node from the server, and is an MP4 with picture and sound", async () => {
    const client = await TestClient.create(emulator);
    const [stream, keepalive] = [await client.stream(), await client.stream("sse")];
    const { nodeId, parentNodeId, sent } = await film(client, { duration: 4 });
    expect(nodeId).toBe(sent);
    await Promise.all([stream.untilEvent("result"), keepalive.untilEvent("workflow_complete")]);
    const rows = await client.rest(`/flow_node?p_id=eq.${parentNodeId}&select=id,type,data->>status`);
    expect(await rows.json()).toEqual([{ id: nodeId, type: "2", status: "done" }]);
    const response = await emulator.fetch(String(stream.lastOfJob?.resultUrl));
    expect(response.headers.get("content-type")).toBe("video/mp4");
    const input = new Input({ source: new BufferSource(await response.arrayBuffer()), formats: [MP4] });
    expect(await input.computeDuration()).toBeCloseTo(4);
    const [video, sound] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
    expect([await video?.getCodec(), await video?.getDisplayWidth(), await video?.getDisplayHeight()]).toEqual([
      "avc",
      320,
      176,
    ]);
    expect(await sound?.getCodec()).toBe("opus");
    await Promise.all([stream.close(), keepalive.close()]);
  });

  it("can get another id than the client chose", async () => {
    const client = await TestClient.create(emulator);
    const { id } = emulator.faults.arm({ type: "node-id", user: client.user.id });
    const stream = await client.stream();
    const { nodeId, sent } = await film(client);
    expect(nodeId).not.toBe(sent);
    await stream.untilEvent("result");
    expect(stream.lastOfJob).toMatchObject({ nodeId });
    emulator.faults.remove(id);
    await stream.close();
  });

  it("is refused without the user's node", async () => {
    const client = await TestClient.create(emulator);
    const body = { model: "seedance-2.0-fast", prompt: "x", convId: await client.conversation() };
    const response = await client.post("/video/async", { ...body, nodeId: randomUUID(), parentNodeId: randomUUID() });
    expect(response.status).toBe(404);
  });
});

describe("a job that fails", () => {
  it.each(["content_policy", "provider_error", "no_credits", "rate_limit", "timeout"] as const)(
    "says %s by event and row",
    async (reason) => {
      const client = await TestClient.create(emulator);
      emulator.model.add({ match: "forbidden", fail: { reason }, user: client.user.id });
      const [stream, keepalive] = [await client.stream(), await client.stream("sse")];
      const { nodeId } = await client.draw("something forbidden");
      await Promise.all([stream.untilEvent("failed"), keepalive.untilEvent("workflow_complete")]);
      const failure = { error: expect.any(String), error_type: reason };
      expect(stream.lastOfJob).toMatchObject({ nodeId, status: "failed", ...failure });
      expect(keepalive.lastOfJob).toMatchObject({ nodeId, status: "failed", ...failure });
      expect(await client.data(nodeId)).toMatchObject({ status: "failed", ...failure });
      await Promise.all([stream.close(), keepalive.close()]);
    },
  );

  it("can tell by its row alone, as a JSON string in the value, or by the event alone", async () => {
    const client = await TestClient.create(emulator);
    const stream = await client.stream();
    const fail = { reason: "timeout", message: "too slow" } as const;
    emulator.model.add({ match: "by row", fail: { ...fail, by: "row", row: "value", afterEvents: 1 } });
    emulator.model.add({ match: "by event", fail: { ...fail, by: "event" } });
    const { nodeId: silent } = await client.ask("fail by row");
    const { nodeId: told } = await client.ask("fail by event");
    await stream.untilEvent("error");
    await expect
      .poll(() => client.data(silent))
      .toMatchObject({ value: JSON.stringify({ error: "too slow", error_type: "timeout" }) });
    expect(stream.events.filter(({ nodeId }) => nodeId === silent)).toHaveLength(1);
    expect(await client.data(told)).toMatchObject({ status: "loading", value: "" });
    await stream.close();
  });
});
