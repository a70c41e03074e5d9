import { assert } from "chai";
import type { Logger } from "flowith-webapi";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

const OWN_ROUTES = [
  "POST /file/store",
  "POST /rest/v1/conversation",
  "POST /rest/v1/flow_node",
  "POST /image_gen/async",
];
const PICTURE = new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])], { type: "image/png" });

/** How long a call may take. */
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
        const error = await rejection(flowith.generateImage("A boat", { images, timeout: { connectMs: 700 } }));
        await end();
        assert.deepInclude(error, { name: "TimeoutError", phase: "connect", limitMs: 700 }, route);
        assert.match(String(error), new RegExp(route));
      }
    },
  },
  {
    id: "jobs: what serves several of them has the client's connectMs",
    async run({ newClient, control }) {
      const lines: [string, unknown][] = [];
      const note = (line: string, fields?: object): void => void lines.push([line, Reflect.get(fields ?? {}, "error")]);
      const logger: Logger = { debug: note, info: note, warn: note, error: note };
      const { flowith, user } = await newClient({
        logger,
        logLevel: "info",
        timeout: { connectMs: 700 },
        maxRetries: 0,
        events: { quietMs: { text: 300 } },
      });
      const ends = [
        await control.fault(user, { type: "delay", ms: 20_000, count: 0, route: "GET /user_stream/stream" }),
        await control.fault(user, { type: "delay", ms: 20_000, count: 1, route: "GET /rest/v1/flow_node" }),
      ];
      // A call's own limit is not that of what it shares with others.
      assert.include(
        (await flowith.generate("What is the capital of Poland?", { timeout: { connectMs: 9_000 } })).text,
        "Warsaw",
      );
      for (const end of ends) await end();
      for (const line of ["flowith events: stream closed", "flowith rows: query failed"]) {
        const [, error] = lines.find(([one]) => one === line) ?? [];
        assert.match(String(error), /no response headers came within 700 ms/, line);
      }
    },
  },
];
