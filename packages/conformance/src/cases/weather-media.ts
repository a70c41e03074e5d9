import { assert } from "chai";
import type { FlowithClientOptions } from "flowith-webapi";
import type { CaseContext, ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";
import { cutNow, nothingLeft, type Weather, watchedSignal, weather, writeRow } from "./weather-run.ts";

type Fault = { type: string; [field: string]: unknown };

const STREAM = "/user_stream/stream";
const SSE = "/user_stream/sse";
const lost = (route: string): Fault => ({ type: "lose", terminal: true, route });
/** Broken as soon as it is open, again and again. */
const broken = (route: string): Fault => ({ type: "cut", afterEvents: 0, route, count: 0 });
const OFTEN: FlowithClientOptions = { events: { minDelayMs: 50, maxDelayMs: 100 } };

/** Ways for a result to come by one event only; rows say nothing. */
const ways: { name: string; faults: Fault[] }[] = [
  { name: "on both channels", faults: [] },
  { name: "on /stream only", faults: [lost(SSE)] },
  { name: "on /sse only", faults: [lost(STREAM)] },
  { name: "on /sse, wrapped", faults: [lost(STREAM), { type: "envelope", envelope: "data", route: SSE }] },
  { name: "on /stream, bare", faults: [lost(SSE), { type: "envelope", envelope: "none", route: STREAM }] },
  { name: "on /sse, as node_id", faults: [lost(STREAM), { type: "envelope", nodeIdField: "node_id", route: SSE }] },
  { name: "on /stream, as node_id", faults: [lost(SSE), { type: "envelope", nodeIdField: "node_id", route: STREAM }] },
  { name: "on /sse while /stream breaks all the time", faults: [broken(STREAM)] },
  { name: "on /stream while /sse breaks all the time", faults: [broken(SSE)] },
  { name: "on /sse while /stream is refused", faults: [{ type: "status", status: 404, route: STREAM, count: 0 }] },
  { name: "on /stream while /sse is refused", faults: [{ type: "status", status: 403, route: SSE, count: 0 }] },
  { name: "on /sse while /stream is silent", faults: [{ type: "silence", route: STREAM }] },
  {
    name: "on /stream, with CRLF, comments and data in several lines",
    faults: [lost(SSE), { type: "sse-fields", route: STREAM }, { type: "line-ends", ends: "crlf", route: STREAM }],
  },
  {
    name: "on /sse, with CRLF, comments and data in several lines",
    faults: [lost(STREAM), { type: "sse-fields", route: SSE }, { type: "line-ends", ends: "crlf", route: SSE }],
  },
  {
    name: "in small pieces, with garbage",
    faults: [lost(STREAM), { type: "split", bytes: 7, route: SSE }, { type: "garbage", route: SSE }],
  },
];

async function armed(context: CaseContext, faults: readonly Fault[]): Promise<Weather> {
  const sky = await weather(context, OFTEN);
  for (const fault of faults) await sky.control.fault(sky.user, fault);
  return sky;
}

/** A picture that is waited for, with what holds for every one. */
async function picture(
  sky: Weather,
  onSubmit?: (nodeId: string) => Promise<void>,
): Promise<{ url: string; elapsedMs: number }> {
  const watched = watchedSignal();
  const startedAtMs = performance.now();
  try {
    const { image } = await sky.flowith.generateImage("A boat", {
      signal: watched.signal,
      timeout: { totalMs: 6_000 },
      ...(onSubmit && { onSubmit: ({ nodeId }) => onSubmit(nodeId) }),
    });
    return { url: image.url, elapsedMs: performance.now() - startedAtMs };
  } finally {
    assert.isAtMost(performance.now() - startedAtMs, 6_500);
    await nothingLeft(sky.wire);
    assert.equal(watched.listeners(), 0, "listeners left on the caller's signal");
  }
}

async function failedPicture(sky: Weather): Promise<unknown> {
  const error = await rejection(picture(sky));
  assert.nestedPropertyVal(error, "handle.kind", "image", String(error));
  return error;
}

export const weatherMediaCases: ConformanceCase[] = [
  ...ways.map(
    ({ name, faults }): ConformanceCase => ({
      id: `faults: a picture whose result comes ${name}`,
      async run(context) {
        const sky = await armed(context, [{ type: "rows", form: "unchanged" }, ...faults]);
        assert.match((await picture(sky)).url, /^http.*\.png$/);
      },
    }),
  ),
  ...[
    { name: "/stream", faults: [lost(SSE)] },
    { name: "/sse", faults: [lost(STREAM)] },
  ].map(
    ({ name, faults }): ConformanceCase => ({
      id: `faults: a picture that fails by an event on ${name} only`,
      async run(context) {
        const sky = await armed(context, faults);
        const fail = { reason: "content_policy", by: "event" };
        await sky.control.script(sky.user, { match: "boat", fail });
        assert.deepInclude(await failedPicture(sky), { name: "JobFailedError", reason: "content_policy" });
      },
    }),
  ),
  ...["status", "value"].map(
    (row): ConformanceCase => ({
      id: `faults: a picture that fails by its row only, told by its ${row}`,
      async run(context) {
        const sky = await armed(context, []);
        const fail = { reason: "provider_error", by: "row", row };
        await sky.control.script(sky.user, { match: "boat", fail });
        assert.deepInclude(await failedPicture(sky), { name: "JobFailedError", reason: "provider_error" });
      },
    }),
  ),
  {
    id: "faults: a picture whose result is lost on both channels is found by its row before the limit",
    async run(context) {
      const { url, elapsedMs } = await picture(await armed(context, [lost(STREAM), lost(SSE)]));
      assert.match(url, /^http.*\.png$/);
      assert.isBelow(elapsedMs, 6_000);
    },
  },
  {
    id: "faults: a picture that is in its row under an unknown status is found when a channel opens anew",
    async run(context) {
      const sky = await armed(context, [{ type: "rows", form: "unchanged" }]);
      await sky.control.script(sky.user, { match: "boat", firstEventMs: 15_000 });
      const { url, elapsedMs } = await picture(sky, async (nodeId) => {
        await writeRow(sky, nodeId, { status: "polishing", value: "https://example.com/boat.png" });
        await sky.control.fault(sky.user, { type: "delay", ms: 500, route: `GET ${SSE}` });
        await cutNow(sky, SSE);
      });
      assert.equal(url, "https://example.com/boat.png");
      assert.isBelow(elapsedMs, 4_000);
    },
  },
  {
    id: "faults: a picture of which nothing is heard ends at its limit, with its handle",
    async run(context) {
      const sky = await armed(context, [lost(STREAM), lost(SSE), { type: "rows", form: "unchanged" }]);
      const error = await failedPicture(sky);
      assert.deepInclude(error, { name: "TimeoutError", phase: "total", limitMs: 6_000 });
    },
  },
  {
    id: "faults: a clip whose result comes on /sse only, into another node, beside a broken stream",
    async run(context) {
      const sky = await armed(context, [{ type: "rows", form: "unchanged" }, { type: "node-id" }, broken(STREAM)]);
      const { videoUrl } = await sky.flowith.generateVideo("A boat", { timeout: { totalMs: 8_000 } });
      assert.match(videoUrl, /^http.*\.mp4$/);
      await nothingLeft(sky.wire);
    },
  },
];
