import { assert } from "chai";
import type { ConformanceCase } from "../conformance-case.ts";
import { type EventReader, eventReader } from "../event-by-event.ts";
import { failText, pause, readText, weather } from "./weather-run.ts";

const FRAGMENTS = ["One ", "two ", "three ", "four ", "five ", "six."];
const WHOLE = FRAGMENTS.join("");
const STREAM = "/user_stream/stream";
const ROWS = "GET /rest/v1/flow_node";
/** How long a text job may be quiet before its row is asked, and the time that the asking takes. */
const FOUND_BY_ROW_MS = 7_500;

/** An event stream that says no more than its heartbeat once a text has begun. */
function onlyHeartbeats(path: string, body: ReadableStream<Uint8Array<ArrayBuffer>>): typeof body {
  if (path !== STREAM) return body;
  const events = eventReader(body);
  const encoder = new TextEncoder();
  let first: Promise<string> | undefined = firstEvent(events);
  // Where the stream is given up before the text begins.
  first.catch(() => undefined);
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const event = await Promise.race([first, pause(100)]);
        if (typeof event === "string") first = undefined;
        else if (first === undefined) await pause(100);
        controller.enqueue(encoder.encode(event ?? `data: {"heartbeat":${Date.now()}}\n\n`));
      },
      cancel: (reason) => events.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/** The first event of a job. */
async function firstEvent(events: EventReader): Promise<string> {
  for (;;) {
    const event = await events.next();
    if (event === undefined) throw new Error("the stream ended before its first event");
    if (event.includes("nodeId")) return event;
  }
}

export const weatherSilenceCases: ConformanceCase[] = [
  {
    id: "faults: a connection that has died without a word is made anew",
    async run(context) {
      const sky = await weather(context, { events: { livenessMs: 800 } });
      const { control, user, wire } = sky;
      await control.script(user, { match: "dead", fragments: FRAGMENTS, firstEventMs: 20, delayMs: 200 });
      await control.fault(user, { type: "silence", afterEvents: 2 });
      const { output, elapsedMs } = await readText(sky, "dead line");
      assert.equal(output.text, WHOLE);
      assert.isBelow(elapsedMs, 4_500);
      assert.isAtLeast(wire.sent.filter(({ path }) => path === STREAM).length, 2);
    },
  },
  {
    id: "faults: where only heartbeats come, the connection stays and the row has the answer",
    async run(context) {
      const sky = await weather(context, { events: { livenessMs: 1_500 } }, onlyHeartbeats);
      const { control, user, wire } = sky;
      await control.script(user, { match: "beats", fragments: FRAGMENTS, firstEventMs: 20, delayMs: 30 });
      const { output, elapsedMs } = await readText(sky, "beats only");
      assert.equal(output.text, WHOLE);
      assert.isBelow(elapsedMs, FOUND_BY_ROW_MS);
      assert.lengthOf(
        wire.sent.filter(({ path }) => path === STREAM),
        1,
      );
    },
  },
  {
    id: "faults: heartbeats do not put a job's own limit off",
    async run(context) {
      const sky = await weather(context, {}, onlyHeartbeats);
      const { control, user } = sky;
      await control.fault(user, { type: "rows", form: "unchanged" });
      // Late, so that a slow machine has its stream open by then.
      await control.script(user, { match: "beats", fragments: FRAGMENTS, firstEventMs: 500, delayMs: 30 });
      const { error, elapsedMs } = await failText(sky, "beats only", { timeout: { idleMs: 1_200, totalMs: 9_000 } });
      assert.deepInclude(error, { name: "TimeoutError", phase: "idle", limitMs: 1_200, partial: "One " });
      assert.isBelow(elapsedMs, 6_000);
    },
  },
  {
    id: "faults: a silent stream beside a finished row is an answer, after seconds",
    async run(context) {
      const sky = await weather(context);
      const { control, user } = sky;
      await control.script(user, { match: "silent", fragments: FRAGMENTS, delayMs: 10 });
      await control.fault(user, { type: "silence" });
      const { output, elapsedMs } = await readText(sky, "be silent");
      assert.equal(output.text, WHOLE);
      assert.isBelow(elapsedMs, FOUND_BY_ROW_MS);
    },
  },
  {
    id: "faults: a job of which nothing ever comes ends at the limit of its first event",
    async run(context) {
      const sky = await weather(context);
      const { control, user } = sky;
      await control.script(user, { match: "never", reply: "late", firstEventMs: 15_000 });
      const { error, elapsedMs } = await failText(sky, "never", { timeout: { firstEventMs: 800, totalMs: 9_000 } });
      assert.deepInclude(error, { name: "TimeoutError", phase: "first-event", limitMs: 800, partial: "" });
      assert.isBelow(elapsedMs, 2_500);
    },
  },
  {
    id: "faults: a last event that is lost is made up for by the row, within seconds",
    async run(context) {
      const sky = await weather(context);
      const { control, user } = sky;
      await control.script(user, { match: "lost", fragments: FRAGMENTS, delayMs: 10 });
      await control.fault(user, { type: "lose", terminal: true });
      const { output, elapsedMs, joined } = await readText(sky, "lost end");
      assert.equal(output.text, WHOLE);
      assert.equal(joined, WHOLE);
      assert.isBelow(elapsedMs, FOUND_BY_ROW_MS);
    },
  },
  {
    id: "faults: a last look at the row finds before the limit what the stream has lost",
    async run(context) {
      const sky = await weather(context);
      const { control, user } = sky;
      await control.script(user, { match: "lost", fragments: FRAGMENTS, delayMs: 10 });
      await control.fault(user, { type: "lose", terminal: true });
      const { output, elapsedMs } = await readText(sky, "lost end", { timeout: { totalMs: 4_000 } });
      assert.equal(output.text, WHOLE);
      assert.isBelow(elapsedMs, 4_000);
    },
  },
  {
    id: "faults: a last look that hangs does not put the limit off",
    async run(context) {
      const sky = await weather(context);
      const { control, user } = sky;
      await control.script(user, { match: "hang", fragments: FRAGMENTS, delayMs: 10 });
      await control.fault(user, { type: "lose", terminal: true });
      await control.fault(user, { type: "silence", route: ROWS, count: 0 });
      const { error } = await failText(sky, "hang", { timeout: { totalMs: 2_000 } });
      assert.deepInclude(error, { name: "TimeoutError", phase: "total", limitMs: 2_000, partial: WHOLE });
    },
  },
  {
    id: "faults: rows that are refused do not end a job whose stream goes on",
    async run(context) {
      const sky = await weather(context, { maxRetries: 0 });
      const { control, user } = sky;
      await control.script(user, { match: "rows", fragments: FRAGMENTS, firstEventMs: 20, delayMs: 100 });
      await control.fault(user, { type: "cut", afterEvents: 1 });
      await control.fault(user, { type: "status", status: 500, route: ROWS, count: 0 });
      assert.equal((await readText(sky, "rows fail")).output.text, WHOLE);
    },
  },
  {
    id: "faults: what is sent before the stream opens is found as soon as it does",
    async run(context) {
      const sky = await weather(context);
      const { control, user } = sky;
      await control.script(user, { match: "early", fragments: FRAGMENTS, firstEventMs: 0, delayMs: 0 });
      await control.fault(user, { type: "delay", ms: 4_000, route: `GET ${STREAM}` });
      const { output, elapsedMs } = await readText(sky, "early words");
      assert.equal(output.text, WHOLE);
      // Where it is not shown that it opens (Firefox), the row is asked after five seconds of silence.
      assert.isBelow(elapsedMs, 7_000);
    },
  },
  {
    id: "faults: a first part that was sent before the stream opened is not lost",
    async run(context) {
      const sky = await weather(context);
      const { control, user } = sky;
      await control.script(user, { match: "half", fragments: FRAGMENTS, firstEventMs: 0, delayMs: 400 });
      await control.fault(user, { type: "delay", ms: 4_000, route: `GET ${STREAM}` });
      const { output, joined } = await readText(sky, "half heard");
      assert.equal(output.text, WHOLE);
      assert.equal(joined, WHOLE);
    },
  },
];
