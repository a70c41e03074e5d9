import { assert } from "chai";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

const STREAM = "GET /user_stream/stream";

/** How a request is sent, and when it is sent again. */
export const requestCases: ConformanceCase[] = [
  {
    id: "requests: a Retry-After of an hour is not waited for, also where there is no limit, and the refusal says it",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const { image } = await flowith.generateImage("A boat");
      await control.fault(user, {
        type: "status",
        status: 429,
        headers: { "retry-after": "3600" },
        route: "GET /files/*",
      });
      const error = await rejection(image.bytes());
      assert.deepInclude(error, { name: "RateLimitError", retryAfterMs: 3_600_000 });
      assert.isAbove((await image.bytes()).byteLength, 0);
    },
  },
  {
    id: "requests: an event stream that is answered 503 is not asked for before its Retry-After is over",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient({
        events: { minDelayMs: 20, maxDelayMs: 50, quietMs: { text: 1_000 } },
      });
      await control.fault(user, {
        type: "status",
        status: 503,
        count: 0,
        headers: { "retry-after": "30" },
        route: STREAM,
      });
      const { text } = await flowith.generate("What is the capital of Poland?");
      assert.include(text, "Warsaw");
      assert.lengthOf(await control.journal(user, STREAM), 1);
    },
  },
];
