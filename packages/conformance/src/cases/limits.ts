import { assert } from "chai";
import type { FlowithClientOptions, Logger, Middleware } from "flowith-webapi";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

type Fetch = NonNullable<FlowithClientOptions["fetch"]>;

const OWN_ROUTES = [
  "POST /file/store",
  "POST /rest/v1/conversation",
  "POST /rest/v1/flow_node",
  "POST /image_gen/async",
];
const PICTURE = new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])], { type: "image/png" });
/** What counts: requests to the edge and to the tables, without uploads, event streams and reads of rows. */
const COUNTED = /\/(completion|rest\/v1\/conversation|image_gen)/;

function pathOf(input: string | URL | Request): string {
  return new URL(input instanceof Request ? input.url : input).pathname;
}

/** The first error that each line of the log tells of. */
function notes(): { lines: ReadonlyMap<string, unknown>; logger: Logger } {
  const lines = new Map<string, unknown>();
  const note = (line: string, fields?: object): void => {
    if (!lines.has(line)) lines.set(line, Reflect.get(fields ?? {}, "error"));
  };
  return { lines, logger: { debug: note, info: note, warn: note, error: note } };
}

/** How long a call may take, and how many requests it has under way. */
export const limitCases: ConformanceCase[] = [
  {
    id: "jobs: headers, retries and connectMs of a call hold for all requests of its own, onResponse sees its post",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const images = [PICTURE];
      const seen: string[] = [];
      await flowith.generateImage("A boat", {
        images,
        headers: { "x-trace": "42" },
        onResponse: ({ status }) => void seen.push(String(status)),
      });
      assert.deepEqual(seen, ["200"]);
      for (const route of OWN_ROUTES) {
        const entries = await control.journal(user, route);
        assert.deepEqual([entries.length, entries[0]?.headers["x-trace"]], [1, "42"], route);
      }
      const shared = await control.journal(user, "GET /user_stream/stream");
      assert.isUndefined(shared[0]?.headers["x-trace"]);
      // One after another, and by one client: a page has six connections to a host, and event streams hold some.
      for (const route of OWN_ROUTES) {
        const sent = (await control.journal(user, route)).length;
        const end = await control.fault(user, { type: "status", status: 429, count: 0, route });
        const error = await rejection(flowith.generateImage("A boat", { images, maxRetries: 0 }));
        await end();
        assert.propertyVal(error, "status", 429, route);
        assert.lengthOf(await control.journal(user, route), sent + 1, route);
      }
      for (const route of OWN_ROUTES.slice(0, 3)) {
        const end = await control.fault(user, { type: "delay", ms: 20_000, count: 0, route });
        const error = await rejection(flowith.generateImage("A boat", { images, timeout: { connectMs: 2_500 } }));
        await end();
        assert.deepInclude(error, { name: "TimeoutError", phase: "connect", limitMs: 2_500 }, route);
        assert.match(String(error), new RegExp(route));
      }
    },
  },
  {
    id: "jobs: the event stream, which serves several of them, has the client's connectMs",
    async run({ newClient, control }) {
      const { lines, logger } = notes();
      const { flowith, user } = await newClient({ logger, logLevel: "info", timeout: { connectMs: 2_500 } });
      const end = await control.fault(user, { type: "delay", ms: 20_000, count: 0, route: "GET /user_stream/stream" });
      // A call's own limit is not that of what it shares with others.
      await flowith.generate("What is the capital of Poland?", { timeout: { connectMs: 9_000 } });
      await end();
      assert.match(String(lines.get("flowith events: stream closed")), /no response headers came within 2500 ms/);
    },
  },
  {
    id: "jobs: the watch over rows, which serves several of them, has the client's connectMs",
    async run({ newClient, control }) {
      const { lines, logger } = notes();
      const { flowith, user } = await newClient({
        logger,
        logLevel: "info",
        timeout: { connectMs: 2_500 },
        maxRetries: 0,
        events: { quietMs: { text: 300 } },
      });
      await control.script(user, { match: "slow", reply: "One.", firstEventMs: 20_000 });
      const end = await control.fault(user, { type: "delay", ms: 20_000, count: 0, route: "GET /rest/v1/flow_node" });
      await rejection(flowith.generate("slow", { timeout: { connectMs: 9_000, totalMs: 8_000 } }));
      await end();
      assert.match(String(lines.get("flowith rows: query failed")), /no response headers came within 2500 ms/);
    },
  },
  {
    id: "requests: of many jobs at once no more requests are under way than there may be",
    async run({ newClient }) {
      let [underWay, most] = [0, 0];
      const counting: Fetch = async (input, init) => {
        const isCounted = COUNTED.test(pathOf(input));
        if (isCounted) most = Math.max(most, ++underWay);
        try {
          return await fetch(input, init);
        } finally {
          if (isCounted) underWay--;
        }
      };
      const { flowith } = await newClient({ fetch: counting, maxRequests: 4 });
      const jobs = Array.from({ length: 24 }, () => flowith.generate("What is the capital of Poland?"));
      for (const { text } of await Promise.all(jobs)) assert.include(text, "Warsaw");
      assert.isAtMost(most, 4);
      assert.isAbove(most, 1);
    },
  },
  {
    id: "requests: a middleware that asks through the same client waits for no place that it holds",
    async run({ newClient }) {
      let asked = 0;
      const nested: Middleware = async (request, next) => {
        if (pathOf(request) !== "/completion/async") return next(request);
        await flowith.account.credits();
        const response = await next(request);
        await flowith.account.credits();
        asked++;
        return response;
      };
      const { flowith } = await newClient({ middleware: [nested], maxRequests: 1 });
      const texts = await Promise.all([
        flowith.generate("What is the capital of Poland?"),
        flowith.generate("What is the capital of Poland?"),
      ]);
      for (const { text } of texts) assert.include(text, "Warsaw");
      // The event that ends a job may come before the post has passed the middleware.
      while (asked < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    },
  },
  {
    id: "requests: a job's upload waits for no place, and a request that is aborted in the queue is never sent",
    async run({ newClient, control }) {
      let onUpload = (): void => undefined;
      const uploaded = new Promise<void>((resolve) => {
        onUpload = resolve;
      });
      const holding: Fetch = async (input, init) => {
        const path = pathOf(input);
        if (path === "/user/credits") await uploaded;
        const response = await fetch(input, init);
        if (path === "/file/store") onUpload();
        return response;
      };
      const { flowith, user } = await newClient({ fetch: holding, maxRequests: 1 });
      const held = flowith.account.credits();
      const controller = new AbortController();
      const left = rejection(flowith.account.creditType({ signal: controller.signal }));
      const picture = flowith.generateImage("A boat", { images: [PICTURE] });
      await uploaded;
      const reason = new Error("enough");
      controller.abort(reason);
      assert.equal(await left, reason);
      await Promise.all([held, picture]);
      assert.isEmpty(await control.journal(user, "GET /user/credit_type"));
    },
  },
  {
    id: "requests: maxRequests is a whole number above 0",
    async run({ createClient }) {
      for (const maxRequests of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "8" as unknown as number]) {
        assert.throws(() => createClient({ maxRequests }), /option "maxRequests": Expected a whole number above 0/);
      }
    },
  },
];
