import { assert } from "chai";
import type { UserEvent } from "flowith-webapi";
import type { ConformanceCase } from "../conformance-case.ts";
import { connectionReached } from "../connection-reached.ts";
import { rejection } from "../rejection.ts";

const STREAM = "GET /user_stream/stream";
const ROWS = "GET /rest/v1/flow_node";
const password = "correct horse battery";

async function drain(events: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of events);
}

/** One client that another user signs in on. */
export const eventsUserCases: ConformanceCase[] = [
  {
    id: "events: the jobs of another user who signs in come down a connection of their own, at once",
    async run({ control, newClient }) {
      // Silence would otherwise be answered by a look at the row, which finds the text as well.
      const { flowith, user: alice } = await newClient({ events: { lingerMs: 60_000, quietMs: { text: 60_000 } } });
      const bob = await control.newUser({ password });
      await flowith.generate("Hello");
      await flowith.auth.signInWithPassword({ email: bob.email, password });
      const { text } = await flowith.generate("What is the capital of Poland?", { timeout: { totalMs: 20_000 } });
      assert.include(text, "Warsaw");
      assert.lengthOf(await control.journal(alice, STREAM), 1);
      assert.lengthOf(await control.journal(bob, STREAM), 1);
      assert.isEmpty(await control.journal(bob, ROWS), "it was told by the stream");
    },
  },
  {
    id: "events: a job of the user before goes on after another one has signed in, and then closes its connection",
    async run({ control, newClient }) {
      const { flowith, user: alice } = await newClient({ events: { lingerMs: 60_000, quietMs: { text: 60_000 } } });
      const bob = await control.newUser({ password });
      await control.script(alice, { match: "story", fragments: ["Once ", "upon ", "a ", "time."], delayMs: 500 });
      const stream = flowith.generateStream("A story");
      let hasSwitched = false;
      let text = "";
      const closed = connectionReached(flowith, "closed");
      for await (const chunk of stream) {
        text += chunk.textDelta;
        if (!hasSwitched) await flowith.auth.signInWithPassword({ email: bob.email, password });
        hasSwitched = true;
      }
      assert.equal(text, "Once upon a time.");
      await closed;
      assert.isEmpty(await control.journal(bob, STREAM));
      assert.lengthOf(await control.journal(alice, STREAM), 1);
    },
  },
  {
    id: "events: a reading ends when another user signs in, and one that is begun then has that user's events",
    async run({ control, newClient }) {
      const { flowith } = await newClient();
      const bob = await control.newUser({ password });
      const opened = connectionReached(flowith, "open");
      const ended = rejection(drain(flowith.events.stream()));
      await opened;
      await flowith.auth.signInWithPassword({ email: bob.email, password });
      const error = await ended;
      assert.propertyVal(error, "name", "AuthenticationError");
      assert.include(String(error), "Another user has signed in");
      const openedAnew = connectionReached(flowith, "open");
      const events: UserEvent[] = [];
      const reading = (async () => {
        for await (const event of flowith.events.stream()) {
          events.push(event);
          if (event.type === "complete") break;
        }
      })();
      await openedAnew;
      const { nodeId } = await flowith.generate("Hello");
      await reading;
      assert.equal(events.at(-1)?.nodeId, nodeId);
    },
  },
  {
    id: "events: a sign-in of the same user leaves the connection, and who reads it, alone",
    async run({ control, createClient }) {
      const user = await control.newUser({ password });
      const flowith = createClient({ token: user.token, events: { lingerMs: 60_000 } });
      const opened = connectionReached(flowith, "open");
      const iterator = flowith.events.stream()[Symbol.asyncIterator]();
      const first = iterator.next();
      await opened;
      await flowith.auth.signInWithPassword({ email: user.email, password });
      await flowith.generate("Hello");
      assert.isFalse((await first).done);
      await iterator.return?.();
      assert.lengthOf(await control.journal(user, STREAM), 1);
    },
  },
  {
    id: "events: what a fetch of one's own throws that is no failure of the network ends the reading, at once",
    async run({ newClient }) {
      let asked = 0;
      const own = new Error("This page is rendered on the server");
      const { flowith } = await newClient({
        fetch: async (input, init) => {
          if (!String(input).includes("/user_stream/")) return fetch(input, init);
          asked++;
          throw own;
        },
      });
      const limits = { timeout: { totalMs: 5_000 } };
      assert.strictEqual(await rejection(drain(flowith.events.stream(limits))), own);
      assert.strictEqual(await rejection(drain(flowith.events.heartbeats(limits))), own);
      assert.equal(asked, 2);
      // A job has its row besides.
      assert.isNotEmpty((await flowith.generate("Hello")).text);
    },
  },
  {
    id: "events: a store that fails and a token that the options contradict end the reading, as they end any call",
    async run({ control, createClient, newClient }) {
      const limits = { timeout: { totalMs: 5_000 } };
      const { token } = await control.newUser();
      const wrong = createClient({ token, userId: "0b6e7ac6-0a60-4b0b-8c0b-1f1f5f0e7b11" });
      assert.propertyVal(await rejection(drain(wrong.events.stream(limits))), "name", "InvalidArgumentError");
      const broken = async (): Promise<never> => {
        throw new Error("The disk is gone");
      };
      const { flowith } = await newClient({ store: { load: broken, save: broken, clear: broken } });
      assert.propertyVal(await rejection(drain(flowith.events.stream(limits))), "name", "SessionStoreError");
    },
  },
  {
    id: "events: a failure of the network is waited out",
    async run({ newClient }) {
      let asked = 0;
      const { flowith } = await newClient({
        events: { minDelayMs: 10, maxDelayMs: 10 },
        fetch: async (input, init) => {
          if (!String(input).includes("/user_stream/") || ++asked > 3) return fetch(input, init);
          throw new TypeError("fetch failed");
        },
      });
      const opened = connectionReached(flowith, "open");
      const iterator = flowith.events.stream()[Symbol.asyncIterator]();
      const first = iterator.next();
      await opened;
      await flowith.generate("Hello");
      assert.isFalse((await first).done);
      await iterator.return?.();
      assert.equal(asked, 4);
    },
  },
];
