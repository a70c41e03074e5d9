import { assert } from "chai";
import type { ConformanceCase } from "../conformance-case.ts";
import { eventByEvent } from "../event-by-event.ts";
import { cutNow, pause, readText, type Weather, weather } from "./weather-run.ts";

const FRAGMENTS = ["One ", "two ", "three ", "four ", "five ", "six."];
const WHOLE = FRAGMENTS.join("");
const STREAM = "/user_stream/stream";

/** When the client asked for the event stream. */
function streamTimes({ wire }: Weather): number[] {
  return wire.sent.filter(({ path }) => path === STREAM).map(({ atMs }) => atMs);
}

/** One job whose stream breaks after the first event and whose reconnect is answered as the fault says. */
async function refuseReconnect(sky: Weather, fault: { type: string; [field: string]: unknown }): Promise<number> {
  const { control, user } = sky;
  await control.script(user, { match: "outage", fragments: FRAGMENTS, firstEventMs: 20, delayMs: 150 });
  const { output, elapsedMs } = await readText(sky, "outage", {}, async () => {
    await control.fault(user, { ...fault, route: `GET ${STREAM}` });
    await cutNow(sky);
  });
  assert.equal(output.text, WHOLE);
  return elapsedMs;
}

export const weatherOutageCases: ConformanceCase[] = [
  {
    id: "faults: a server that is gone for two seconds costs nothing but time",
    async run(context) {
      const sky = await weather(context, { events: { minDelayMs: 50, maxDelayMs: 400 } });
      const { control, user } = sky;
      await control.script(user, { match: "outage", fragments: FRAGMENTS, firstEventMs: 20, delayMs: 150 });
      const { output, elapsedMs } = await readText(sky, "outage", {}, async () => {
        const back = await control.fault(user, { type: "disconnect", count: 0 });
        await cutNow(sky);
        await pause(2_000);
        await back();
      });
      assert.equal(output.text, WHOLE);
      assert.isAbove(elapsedMs, 2_000);
      assert.isBelow(elapsedMs, 5_000);
      assert.isAbove(streamTimes(sky).length, 3);
    },
  },
  {
    id: "faults: a reconnect that is answered 401 renews the token once",
    async run(context) {
      const sky = await weather(context);
      await refuseReconnect(sky, { type: "status", status: 401 });
      assert.lengthOf(streamTimes(sky), 3);
      assert.lengthOf(
        sky.wire.sent.filter(({ path }) => path === "/auth/v1/token"),
        1,
      );
    },
  },
  ...[403, 404].map(
    (status): ConformanceCase => ({
      id: `faults: a reconnect that is answered ${status} is not repeated, and the row has the answer`,
      async run(context) {
        const sky = await weather(context);
        // Without a stream its row is asked every two seconds.
        assert.isBelow(await refuseReconnect(sky, { type: "status", status, count: 0 }), 4_500);
        assert.lengthOf(streamTimes(sky), 2);
        assert.isEmpty(sky.wire.sent.filter(({ path }) => path === "/auth/v1/token"));
      },
    }),
  ),
  {
    id: "faults: after a stream that was refused for good the next job asks for one again",
    async run(context) {
      const sky = await weather(context, {}, eventByEvent);
      await refuseReconnect(sky, { type: "status", status: 404 });
      const { output, chunks } = await readText(sky, "outage again");
      assert.equal(output.text, WHOLE);
      assert.isAbove(chunks.length, 1);
      assert.lengthOf(streamTimes(sky), 3);
    },
  },
  {
    id: "faults: a reconnect that is answered 429 waits as long as the server asks",
    async run(context) {
      const sky = await weather(context);
      const { control, user } = sky;
      await control.script(user, { match: "outage", fragments: FRAGMENTS, firstEventMs: 20, delayMs: 400 });
      await refuseReconnect(sky, { type: "status", status: 429, headers: { "retry-after": "1" } });
      const [, refused = 0, third = 0] = streamTimes(sky);
      assert.isAtLeast(third - refused, 990);
    },
  },
  ...[
    { name: "500", fault: { type: "status", status: 500 } },
    { name: "a proxy's page and 502", fault: { type: "html" } },
    {
      name: "a proxy's page and 200",
      fault: { type: "status", status: 200, headers: { "content-type": "text/html" }, body: "<h1>Hello</h1>" },
    },
  ].map(
    ({ name, fault }): ConformanceCase => ({
      id: `faults: a reconnect that is answered ${name} is tried again`,
      async run(context) {
        const sky = await weather(context);
        await refuseReconnect(sky, { ...fault, count: 2 });
        assert.lengthOf(streamTimes(sky), 4);
      },
    }),
  ),
  {
    id: "faults: a page in place of the stream that never ends is not listened to",
    async run(context) {
      let opened = 0;
      const sky = await weather(context, {
        middleware: [
          async (request, next) => {
            if (new URL(request.url).pathname !== STREAM || ++opened !== 2) return next(request);
            return new Response(new ReadableStream(), { headers: { "content-type": "text/html" } });
          },
        ],
      });
      const { control, user } = sky;
      await control.script(user, { match: "page", fragments: FRAGMENTS, firstEventMs: 20, delayMs: 150 });
      const { output, elapsedMs } = await readText(sky, "page", {}, async () => void (await cutNow(sky)));
      assert.equal(output.text, WHOLE);
      assert.isBelow(elapsedMs, 4_000);
      assert.equal(opened, 3);
    },
  },
];
