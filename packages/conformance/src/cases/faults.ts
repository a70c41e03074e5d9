import { assert } from "chai";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

const FRAGMENTS = ["One ", "two ", "three ", "four ", "five ", "six."];
const WHOLE = FRAGMENTS.join("");

export const faultCases: ConformanceCase[] = [
  {
    id: "faults: a read is repeated after 503, and honours Retry-After",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const { convId } = await flowith.generate("Hello");
      await control.fault(user, {
        type: "status",
        status: 503,
        headers: { "retry-after": "0" },
        route: "GET /rest/v1/flow_node",
      });
      assert.lengthOf(await flowith.conversations.nodes(convId), 2);
    },
  },
  {
    id: "faults: a read keeps the caller's limit, headers and retries",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const { convId } = await flowith.generate("Hello");
      const statuses: number[] = [];
      await flowith.conversations.nodes(convId, {
        headers: { "x-trace": "42" },
        onResponse: (response) => statuses.push(response.status),
      });
      const reads = await control.journal(user, "GET /rest/v1/flow_node");
      assert.equal(reads.at(-1)?.headers["x-trace"], "42");
      assert.deepEqual(statuses, [200]);
      await control.fault(user, { type: "status", status: 503, route: "GET /rest/v1/flow_node" });
      const refused = await rejection(flowith.conversations.nodes(convId, { maxRetries: 0 }));
      assert.propertyVal(refused, "name", "ServerError");
      await control.fault(user, { type: "delay", ms: 3_000, route: "GET /rest/v1/flow_node" });
      const late = await rejection(flowith.conversations.nodes(convId, { timeout: { totalMs: 200 } }));
      assert.deepInclude(late, { name: "TimeoutError", phase: "total" });
    },
  },
  {
    id: "faults: a post is repeated after 429, once, and made only once",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.fault(user, {
        type: "status",
        status: 429,
        headers: { "retry-after": "0" },
        route: "POST /completion/async",
      });
      const output = await flowith.generate("What is the capital of Poland?");
      assert.include(output.text, "Warsaw");
      const posts = await control.journal(user, "POST /completion/async");
      assert.deepEqual(
        posts.map((post) => post.status),
        [429, 200],
      );
    },
  },
  {
    id: "faults: a refused post is the error that it means, with the handle",
    async run({ newClient, control }) {
      const wanted = [
        [402, "InsufficientCreditsError"],
        [403, "PermissionError"],
        [404, "NotFoundError"],
        [422, "ValidationError"],
      ] as const;
      const { flowith, user } = await newClient();
      for (const [status, name] of wanted) {
        await control.fault(user, { type: "status", status, body: { message: "no" }, route: "POST /completion/async" });
        const error = await rejection(flowith.generate("Hello"));
        assert.deepInclude(error, { name, status });
        assert.nestedPropertyVal(error, "handle.userId", user.id);
      }
    },
  },
  {
    id: "faults: a delayed answer ends at the caller's limit",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.fault(user, { type: "delay", ms: 5_000, route: "POST /completion/async" });
      const error = await rejection(flowith.generate("Hello", { timeout: { totalMs: 600 } }));
      assert.deepInclude(error, { name: "TimeoutError", phase: "total", limitMs: 600 });
    },
  },
  {
    id: "faults: a stream that is cut loses and repeats nothing",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient({ events: { minDelayMs: 20, maxDelayMs: 100 } });
      for (const afterEvents of [0, 1, 3, 6]) {
        await control.script(user, { match: `cut ${afterEvents}`, fragments: FRAGMENTS, delayMs: 20 });
        await control.fault(user, { type: "cut", afterEvents, route: "/user_stream/stream" });
        let joined = "";
        const stream = flowith.generateStream(`cut ${afterEvents}`);
        for await (const chunk of stream) joined += chunk.textDelta;
        assert.equal(joined, WHOLE);
        assert.equal((await stream.output).text, WHOLE);
        flowith.close();
      }
    },
  },
  {
    id: "faults: when the stream falls silent, the row has the answer",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.script(user, { match: "silent", fragments: FRAGMENTS });
      await control.fault(user, { type: "silence", afterEvents: 2, route: "/user_stream/stream" });
      let joined = "";
      for await (const chunk of flowith.generateStream("be silent")) joined += chunk.textDelta;
      assert.equal(joined, WHOLE);
    },
  },
  {
    id: "faults: a silent job ends at its limit, with what had come",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.script(user, { match: "slow", fragments: ["One ", "two "], delayMs: 20_000 });
      const error = await rejection(flowith.generate("slow", { timeout: { idleMs: 500 } }));
      assert.deepInclude(error, { name: "TimeoutError", phase: "idle", partial: "One " });
    },
  },
  {
    id: "faults: a failed job is a JobFailedError with its reason and what had come",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.script(user, {
        match: "bad",
        fragments: ["One ", "two "],
        fail: { reason: "content_policy", afterEvents: 1 },
      });
      const error = await rejection(flowith.generate("bad"));
      assert.deepInclude(error, { name: "JobFailedError", reason: "content_policy", isRetryable: false });
    },
  },
];
