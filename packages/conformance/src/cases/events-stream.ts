import { assert } from "chai";
import type { UserEvent } from "flowith-webapi";
import type { ConformanceCase } from "../conformance-case.ts";
import { connectionReached } from "../connection-reached.ts";
import { rejection } from "../rejection.ts";

/** Reads to the end that `isLast` names. */
async function readUntil(
  events: AsyncIterable<UserEvent>,
  isLast: (event: UserEvent) => boolean,
): Promise<UserEvent[]> {
  const seen: UserEvent[] = [];
  for await (const event of events) {
    seen.push(event);
    if (isLast(event)) break;
  }
  return seen;
}

async function drain(events: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of events) count++;
  return count;
}

export const eventsStreamCases: ConformanceCase[] = [
  {
    id: "events: what happens to the user's nodes comes down the one connection that jobs use",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const opened = connectionReached(flowith, "open");
      const reading = readUntil(flowith.events.stream(), ({ type }) => type === "complete");
      await opened;
      const output = await flowith.generate("Hello");
      const events = await reading;
      assert.include(
        events.map(({ type }) => type),
        "chunks",
      );
      for (const { nodeId, convId } of events) assert.deepEqual([nodeId, convId], [output.nodeId, output.convId]);
      assert.equal(events.at(-1)?.raw.result, output.text);
      assert.lengthOf(await control.journal(user, "GET /user_stream/stream"), 1);
    },
  },
  {
    id: "events: those of another client of the user come too, of kinds that jobs do not know as well",
    async run({ newClient, createClient, control }) {
      const { flowith, user } = await newClient();
      const other = createClient({ token: user.token });
      await control.fault(user, { type: "unknown-event", eventType: "tool_progress", count: 0 });
      const opened = connectionReached(other, "open");
      const reading = readUntil(other.events.stream(), ({ type }) => type === "complete");
      await opened;
      const { nodeId } = await flowith.generate("Hello");
      const progress = (await reading).find(({ type }) => type === "tool_progress");
      assert.deepInclude(progress, { nodeId });
      assert.deepInclude(progress?.raw, { progress: 0.5 });
    },
  },
  {
    id: "events: nothing is opened before the iteration begins, and nothing stays open after it",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient({ events: { lingerMs: 0 } });
      const stream = flowith.events.stream();
      assert.isEmpty(await control.journal(user));
      for (let round = 0; round < 2; round++) {
        const opened = connectionReached(flowith, "open");
        const iterator = stream[Symbol.asyncIterator]();
        const next = iterator.next();
        await opened;
        const closed = connectionReached(flowith, "closed");
        await iterator.return?.();
        assert.deepEqual(await next, { done: true, value: undefined });
        await closed;
      }
      assert.lengthOf(await control.journal(user, "GET /user_stream/stream"), 2);
    },
  },
  {
    id: "events: a job that ends leaves the connection to who still reads",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient({ events: { lingerMs: 0 } });
      const opened = connectionReached(flowith, "open");
      const iterator = flowith.events.stream()[Symbol.asyncIterator]();
      const reading = readUntil({ [Symbol.asyncIterator]: () => iterator }, ({ raw }) => raw.result !== undefined);
      await opened;
      await flowith.generate("One");
      await reading;
      const again = readUntil(flowith.events.stream(), ({ raw }) => raw.result !== undefined);
      await flowith.generate("Two");
      await again;
      assert.isAtMost((await control.journal(user, "GET /user_stream/stream")).length, 2);
    },
  },
  {
    id: "events: a signal, a closed client and a limit end the iteration, each with its own error",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const controller = new AbortController();
      const reason = new Error("enough");
      const opened = connectionReached(flowith, "open");
      const aborted = rejection(drain(flowith.events.stream({ signal: controller.signal })));
      const closed = rejection(drain(flowith.events.stream()));
      const late = rejection(drain(flowith.events.stream({ timeout: { totalMs: 300 } })));
      const idle = rejection(drain(flowith.events.stream({ timeout: { idleMs: 200 } })));
      const first = rejection(drain(flowith.events.stream({ timeout: { firstEventMs: 200 } })));
      await opened;
      assert.deepInclude(await late, { name: "TimeoutError", phase: "total", limitMs: 300 });
      assert.deepInclude(await idle, { name: "TimeoutError", phase: "idle" });
      assert.deepInclude(await first, { name: "TimeoutError", phase: "first-event" });
      controller.abort(reason);
      assert.strictEqual(await aborted, reason);
      assert.strictEqual(await rejection(drain(flowith.events.stream({ signal: controller.signal }))), reason);
      flowith.close();
      assert.propertyVal(await closed, "name", "AbortError");
    },
  },
  {
    id: "events: a connection on which nothing comes for longer than one may take to open is kept",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.fault(user, { type: "silence", afterEvents: 0, count: 0 });
      const late = await rejection(drain(flowith.events.stream({ timeout: { totalMs: 12_000 } })));
      assert.deepInclude(late, { name: "TimeoutError", phase: "total" });
      assert.lengthOf(await control.journal(user, "GET /user_stream/stream"), 1);
    },
  },
  {
    id: "events: go on after the connection broke, and end when it is refused for good",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient({ events: { minDelayMs: 10, maxDelayMs: 50 } });
      const opened = connectionReached(flowith, "open");
      let completed = 0;
      // The second job's end is the last; that of the first is lost in the cut, or comes over the new connection.
      const reading = readUntil(flowith.events.stream(), ({ type, raw }) => {
        if (type === "complete") completed++;
        return type === "complete" && (completed === 2 || String(raw.result).includes("again"));
      });
      await opened;
      const openedAnew = connectionReached(flowith, "open");
      await control.fault(user, { type: "cut", afterEvents: 1, route: "GET /user_stream/stream" });
      const { nodeId } = await flowith.generate("Hello");
      await openedAnew;
      await flowith.generate("Hello again");
      const events = await reading;
      assert.equal(events[0]?.nodeId, nodeId);
      const refused = await newClient();
      await control.fault(refused.user, { type: "status", status: 403, route: "GET /user_stream/stream", count: 0 });
      const error = await rejection(drain(refused.flowith.events.stream()));
      assert.deepInclude(error, { name: "PermissionError", status: 403 });
    },
  },
  {
    id: "events: heartbeats come on the keepalive channel only, as they were sent",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const data = flowith.events.stream()[Symbol.asyncIterator]();
      let hasData = false;
      void data.next().then(() => {
        hasData = true;
      });
      for await (const beat of flowith.events.heartbeats()) {
        if (!("heartbeat" in beat)) continue;
        assert.isNumber(beat.heartbeat);
        break;
      }
      assert.isFalse(hasData);
      await data.return?.();
      assert.lengthOf(await control.journal(user, "GET /user_stream/sse"), 1);
    },
  },
  {
    id: "events: wrong options are refused at once, and no token is an error of the iteration",
    async run({ newClient, createClient }) {
      const { flowith } = await newClient();
      const unknown: object = { maxRetries: 3 };
      assert.throws(() => flowith.events.stream(unknown), /events\.stream: there is no option "maxRetries"/);
      assert.throws(() => flowith.events.heartbeats({ timeout: { idleMs: -1 } }), /timeout\.idleMs/);
      const error = await rejection(drain(createClient({}).events.stream({ timeout: { totalMs: 5_000 } })));
      assert.propertyVal(error, "name", "AuthenticationError");
    },
  },
  {
    id: "events: where the network is not allowed the iteration ends with what to allow, and a read is tried once",
    async run({ newClient }) {
      let asked = 0;
      const denied = Object.assign(new Error("Requires net access, run again with the --allow-net flag"), {
        name: "NotCapable",
      });
      const { flowith } = await newClient({
        fetch: async () => {
          asked++;
          throw denied;
        },
      });
      const calls = [
        () => drain(flowith.events.stream({ timeout: { totalMs: 5_000 } })),
        () => flowith.account.credits(),
      ];
      for (const call of calls) {
        const error = await rejection(call());
        assert.propertyVal(error, "name", "ConnectionError");
        assert.propertyVal(error, "isRetryable", false);
        assert.include(String(error), "Run it with --allow-net=");
      }
      assert.equal(asked, 2);
    },
  },
  {
    id: "events: quietMs says after which silence a row is asked, of texts and of media apart",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient({ events: { quietMs: { text: 100, media: 150 } } });
      await control.script(user, { match: "slow", reply: "late", firstEventMs: 2_500 });
      const asked = async (): Promise<number> => (await control.journal(user, "GET /rest/v1/flow_node")).length;
      await flowith.generate("slow");
      const ofText = await asked();
      assert.isAbove(ofText, 0);
      await flowith.generateImage("slow");
      assert.isAbove(await asked(), ofText);
    },
  },
];
