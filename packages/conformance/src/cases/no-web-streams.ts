import { assert } from "chai";
import type { FlowithClientOptions } from "flowith-webapi";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

type Fetch = NonNullable<FlowithClientOptions["fetch"]>;

/** A `fetch` as another package or runtime has it: its answers have no web stream, and the methods that are named. */
function fetchWith(methods: readonly ("text" | "arrayBuffer")[], isSpoiled: (path: string) => boolean): Fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (!isSpoiled(new URL(input instanceof Request ? input.url : input).pathname)) return response;
    const { ok, status, headers, url } = response;
    const answer = { ok, status, headers, url, bodyUsed: false, body: { on: () => undefined } };
    // An event stream has no end to wait for.
    if (headers.get("content-type")?.startsWith("text/event-stream")) await response.body?.cancel();
    const bound = Object.fromEntries(methods.map((name) => [name, () => response[name]()]));
    return Object.assign(answer, bound) as unknown as Response;
  };
}

/** Answers that do not stream, as of node-fetch and of React Native. */
export const noWebStreamCases: ConformanceCase[] = [
  {
    id: "requests: answers without a web stream are read whole, and a job goes on by its row",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient({ fetch: fetchWith(["text", "arrayBuffer"], () => true) });
      const { text } = await flowith.generateStream("What is the capital of Poland?", { direct: true }).output;
      assert.include(text, "Warsaw");
      assert.include((await flowith.generate("What is the capital of Poland?")).text, "Warsaw");
      // The next answer would be no other.
      assert.lengthOf(await control.journal(user, "GET /user_stream/stream"), 1);
      const { image } = await flowith.generateImage("A boat");
      const bytes = await image.bytes();
      assert.deepEqual([...bytes.slice(1, 4)], [0x50, 0x4e, 0x47]);
      assert.equal((await image.blob()).size, bytes.byteLength);
      assert.include(await rejection(flowith.request("GET", "/user/nothing")), { name: "ServerError" });
    },
  },
  {
    id: "requests: of an answer that cannot be read at all, the error says what it lacks",
    async run({ newClient }) {
      const spoiled = (path: string): boolean => path === "/completion" || path.startsWith("/files/");
      const { flowith } = await newClient({ fetch: fetchWith([], spoiled) });
      const direct = await rejection(flowith.generateStream("Hello", { direct: true }).output);
      const { image } = await flowith.generateImage("A boat");
      for (const error of [direct, await rejection(image.bytes())]) {
        assert.propertyVal(error, "name", "ResponseShapeError");
        assert.match(String(error), /neither a web stream as its body nor arrayBuffer\(\)/);
      }
    },
  },
];
