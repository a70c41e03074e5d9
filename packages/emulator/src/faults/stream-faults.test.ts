import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Emulator } from "../emulator.ts";
import type { ScriptedReply } from "../model/scripted-reply.ts";
import { createEmulator } from "../start-emulator.ts";
import { OpenStream } from "../testing/open-stream.ts";
import { TestClient } from "../testing/test-client.ts";
import type { Fault } from "./kinds/index.ts";

const reply = "one two three four five six";
const fragments = ["one ", "two ", "three ", "four ", "five ", "six"];

let emulator: Emulator;
let client: TestClient;
beforeAll(async () => {
  emulator = await createEmulator({ firstEventMs: 5, fragmentMs: 1, imageMs: 10, heartbeatMs: 40 });
});
afterAll(() => emulator.close());
beforeEach(async () => {
  client = await TestClient.create(emulator);
  emulator.model.add({ match: "count", reply, fragments, user: client.user.id });
});

const withoutHeartbeats = (text: string): string => text.replaceAll(/data: \{"heartbeat":\d+\}\n\n/g, "");
const hasHeartbeat = ({ text }: OpenStream): boolean => text.includes('"heartbeat"');

/** Arms a fault, opens a stream and runs a job of seven events. */
async function under(fault: Fault): Promise<{ stream: OpenStream; nodeId: string }> {
  emulator.faults.arm({ ...fault, user: client.user.id });
  const stream = await client.stream();
  const { nodeId } = await client.ask("count");
  return { stream, nodeId };
}

const seqs = (stream: OpenStream): unknown[] => stream.events.flatMap(({ seq }) => seq ?? []);

describe("cut", () => {
  it("breaks the connection after n events, heartbeats not counted", async () => {
    const { stream } = await under({ type: "cut", afterEvents: 3 });
    await stream.untilEnded();
    expect(stream.ending).toBe("error");
    expect(seqs(stream)).toEqual([0, 1, 2]);
  });

  it("ends cleanly if so wanted, as if all had been said", async () => {
    const { stream } = await under({ type: "cut", afterEvents: 2, clean: true });
    await stream.untilEnded();
    expect(stream.ending).toBe("end");
    expect(seqs(stream)).toEqual([0, 1]);
  });

  it("breaks after n bytes, in the middle of an event", async () => {
    const { stream } = await under({ type: "cut", afterBytes: 300 });
    await stream.untilEnded();
    expect(stream.pieces.reduce((sum, piece) => sum + piece.length, 0)).toBe(300);
    expect(stream.text.endsWith("\n\n")).toBe(false);
  });

  it("leaves the rest to the next stream, where events are replayed", async () => {
    const { stream } = await under({ type: "cut", afterEvents: 3 });
    await stream.untilEnded();
    const next = await client.stream();
    await next.untilEvent("complete");
    expect(seqs(next)).toEqual([3, 4, 5, 6]);
    await next.close();
  });

  it("strikes a stream that is open already, and only so many", async () => {
    const [first, second] = [await client.stream(), await client.stream()];
    await Promise.all([first.until(hasHeartbeat), second.until(hasHeartbeat)]);
    emulator.faults.arm({ type: "cut", user: client.user.email });
    await first.untilEnded();
    await client.ask("count");
    await second.untilEvent("complete");
    await second.close();
  });

  it("cuts a file too, so that fewer bytes come than were announced", async () => {
    emulator.faults.arm({ type: "cut", route: "GET /files/*", afterBytes: 100, user: client.user.id });
    const stream = await client.stream();
    await client.draw("A ripe banana");
    await stream.untilEvent("result");
    const url = String(stream.lastOfJob?.resultUrl);
    const response = await emulator.fetch(url);
    expect(Number(response.headers.get("content-length"))).toBeGreaterThan(100);
    await expect(response.arrayBuffer()).rejects.toThrow();
    expect((await (await emulator.fetch(url)).arrayBuffer()).byteLength).toBeGreaterThan(100);
    await stream.close();
  });
});

describe("silence", () => {
  it("keeps the stream open and says nothing more, though the row is done", async () => {
    const { stream, nodeId } = await under({ type: "silence", afterEvents: 2 });
    await expect.poll(() => client.data(nodeId)).toMatchObject({ status: "done" });
    expect(seqs(stream)).toEqual([0, 1]);
    expect(stream.ending).toBeUndefined();
    await stream.close();
  });

  it.each<Pick<ScriptedReply, "fail">>([{}, { fail: { reason: "unknown", afterEvents: 2 } }])(
    "holds back the end of a direct text as well, scripted as %j",
    async (script) => {
      emulator.model.add({ match: "number", fragments, user: client.user.id, ...script });
      const body = { model: "gpt-4.1-nano", messages: [{ role: "user", content: "number" }] };
      const { id } = emulator.faults.arm({
        type: "silence",
        route: "POST /completion",
        afterEvents: 1,
        user: client.user.id,
      });
      const silent = new OpenStream(await client.post("/completion", body));
      await silent.until(({ text }) => text === "one ");
      // The same text without the fault, begun later, ends: by then the silent one would have ended too.
      const whole = new OpenStream(await client.post("/completion", body));
      await whole.untilEnded();
      expect([silent.text, silent.ending]).toEqual(["one ", undefined]);
      await silent.close();
      emulator.faults.remove(id);
    },
  );

  it("can leave the heartbeats alone", async () => {
    const { stream, nodeId } = await under({ type: "silence", heartbeats: true });
    await expect.poll(() => client.data(nodeId)).toMatchObject({ status: "done" });
    await stream.until(hasHeartbeat);
    expect(withoutHeartbeats(stream.text)).toBe("");
    await stream.close();
  });

  it("is over when the fault is removed", async () => {
    const { id } = emulator.faults.arm({ type: "silence", user: client.user.id });
    const stream = await client.stream();
    emulator.faults.remove(id);
    await client.ask("count");
    await stream.untilEvent("complete");
    await stream.close();
  });
});

describe("what is wrong with the events themselves", () => {
  it("duplicate: each event comes twice", async () => {
    const { stream } = await under({ type: "duplicate" });
    await stream.until(({ events }) => events.filter(({ type }) => type === "complete").length === 2);
    expect(seqs(stream)).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6]);
    await stream.close();
  });

  it("reorder: groups come turned round", async () => {
    const { stream } = await under({ type: "reorder", window: 3 });
    await stream.untilEvent("complete");
    expect(seqs(stream)).toEqual([2, 1, 0, 5, 4, 3, 6]);
    await stream.close();
  });

  it("lose: chosen events never come", async () => {
    const { stream } = await under({ type: "lose", seqs: [1, 4] });
    await stream.untilEvent("complete");
    expect(seqs(stream)).toEqual([0, 2, 3, 5, 6]);
    await stream.close();
  });

  it("lose: the terminal event never comes, though the row is done", async () => {
    const { stream, nodeId } = await under({ type: "lose", terminal: true });
    await expect.poll(() => client.data(nodeId)).toMatchObject({ status: "done", value: reply });
    await stream.until(({ chunks }) => chunks.length === 6);
    expect(seqs(stream)).toEqual([0, 1, 2, 3, 4, 5]);
    await stream.close();
  });

  it("gap: seq jumps though nothing is missing", async () => {
    const { stream } = await under({ type: "gap", from: 2, by: 5 });
    await stream.untilEvent("complete");
    expect(seqs(stream)).toEqual([0, 1, 7, 8, 9, 10, 11]);
    expect(stream.streamedText).toBe(reply);
    await stream.close();
  });

  it("final-text: the whole text is not what was streamed", async () => {
    const { stream } = await under({ type: "final-text", result: "seven" });
    await stream.untilEvent("complete");
    expect(stream.streamedText).toBe(reply);
    expect(stream.lastOfJob).toMatchObject({ type: "complete", result: "seven" });
    await stream.close();
  });

  it("unknown-event: events of a type that nobody knows stand between the others", async () => {
    const { stream } = await under({ type: "unknown-event", eventType: "weather" });
    await stream.untilEvent("complete");
    expect(stream.events.filter(({ type }) => type === "weather")).toHaveLength(7);
    expect(stream.streamedText).toBe(reply);
    await stream.close();
  });

  it("envelope: the same events without an envelope, the node named the other way", async () => {
    const { stream, nodeId } = await under({ type: "envelope", envelope: "none", nodeIdField: "node_id" });
    await stream.untilEvent("complete");
    expect(stream.text).toMatch(/^data: \{"type":"chunks"/m);
    // a heartbeat may come between, and is nobody's
    const ofJob = stream.events.filter(({ type }) => type !== undefined);
    expect(ofJob.every((event) => event.node_id === nodeId && event.nodeId === undefined)).toBe(true);
    await stream.close();
  });

  it("big-event: one event is as large as asked for", async () => {
    const { stream } = await under({ type: "big-event", bytes: 16 * 1024 * 1024 });
    await stream.untilEvent("complete");
    expect(stream.text.length).toBeGreaterThan(16 * 1024 * 1024);
    expect(stream.streamedText).toBe(reply);
    await stream.close();
  });
});

describe("what is wrong with the bytes", () => {
  it("garbage: lines that are no events stand between them", async () => {
    const { stream } = await under({ type: "garbage" });
    await stream.untilEvent("complete");
    expect(stream.text).toContain("data: [DONE]\n\ndata: {not json\n\n");
    expect(stream.streamedText).toBe(reply);
    await stream.close();
  });

  it("line-ends: CRLF and CR instead of LF", async () => {
    const { stream } = await under({ type: "line-ends", ends: "crlf" });
    await stream.untilEvent("complete");
    expect(stream.text.replaceAll("\r\n", "")).not.toContain("\n");
    expect(stream.text.endsWith("\r\n\r\n")).toBe(true);
    await stream.close();
    const { stream: carriage } = await under({ type: "line-ends", ends: "cr" });
    await carriage.untilEvent("complete");
    expect(carriage.text).not.toContain("\n");
    await carriage.close();
  });

  it("sse-fields: comments, event, id and retry lines, and data in several lines", async () => {
    const { stream } = await under({ type: "sse-fields" });
    await stream.until(({ text }) => text.includes('"complete"'));
    expect(withoutHeartbeats(stream.text)).toMatch(
      /^: comment\nevent: message\nid: 0\nretry: 3000\ndata: \{\ndata: {2}"data": \{\n/,
    );
    await stream.close();
  });

  it("split: bytes come one at a time, in the middle of characters", async () => {
    emulator.model.add({ match: "split", reply: "naïve 京都 🗾", user: client.user.id });
    emulator.faults.arm({ type: "split", user: client.user.id });
    const stream = await client.stream();
    await client.ask("split");
    await stream.untilEvent("complete");
    expect(Math.max(...stream.pieces.map(({ length }) => length))).toBe(1);
    expect(stream.streamedText).toBe("naïve 京都 🗾");
    await stream.close();
  });
});

describe("what happens beside the stream", () => {
  it("replay: events without a listener come to the next one, or not", async () => {
    const asks = async (on: boolean): Promise<OpenStream> => {
      const { id } = emulator.faults.arm({ type: "replay", on, user: client.user.id });
      const { nodeId } = await client.ask("count");
      await expect.poll(() => client.data(nodeId)).toMatchObject({ status: "done" });
      // what was lost stays lost, though from here on events are kept
      if (!on) emulator.faults.remove(id);
      const stream = await client.stream();
      await stream.until(hasHeartbeat);
      emulator.faults.remove(id);
      return stream;
    };
    const kept = await asks(true);
    expect(seqs(kept)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    await kept.close();
    const lost = await asks(false);
    expect(seqs(lost)).toEqual([]);
    await lost.close();
  });

  it("rows: data is a JSON string, or nothing is written at all", async () => {
    const { stream, nodeId } = await under({ type: "rows", form: "string" });
    await stream.untilEvent("complete");
    const data = await client.data(nodeId);
    expect(JSON.parse(String(data))).toMatchObject({ title: "AI", status: "done", value: reply });
    await stream.close();
    emulator.faults.remove();
    const { stream: second, nodeId: untouched } = await under({ type: "rows", form: "unchanged" });
    await second.untilEvent("complete");
    expect(await client.data(untouched)).toMatchObject({ status: "init", value: "" });
    await second.close();
    emulator.faults.remove();
  });
});
