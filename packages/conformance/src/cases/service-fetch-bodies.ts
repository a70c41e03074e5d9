import { assert } from "chai";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

const COUNT = "/rest/v1/rpc/get_online_count";
const json = { "content-type": "application/json" };

function streamOf(text: string): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });
}

/** Every kind of body that is not read as it is sent, with the content type that `fetch` gives it, and its length. */
const bodies: [body: BodyInit, type: RegExp, length: RegExp][] = [
  ["{}", /^text\/plain;charset=UTF-8$/i, /^2$/],
  [new URLSearchParams("a=b"), /^application\/x-www-form-urlencoded;charset=UTF-8$/i, /^3$/],
  [new Blob(["{}"], { type: "application/x-Test" }), /^application\/x-test$/, /^2$/],
  [form(), /^multipart\/form-data; ?boundary=\S+$/, /^[1-9]\d+$/],
];

function form(): FormData {
  const data = new FormData();
  data.set("a", "b");
  return data;
}

/** How `flowith.fetch` sends what it is given. */
export const serviceFetchBodyCases: ConformanceCase[] = [
  {
    id: "requests: flowith.fetch sends each kind of body as fetch does, and again after a 401",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      for (const [body, type, length] of bodies) {
        await control.fault(user, { type: "status", status: 401, route: "POST /rest/v1/*" });
        const response = await flowith.fetch(flowith.supabaseUrl + COUNT, { method: "post", body });
        await response.body?.cancel();
        const [first, second, ...more] = (await control.journal(user, `POST ${COUNT}`)).slice(-2);
        assert.isEmpty(more);
        assert.match(second?.headers["content-type"] ?? "", type);
        assert.match(second?.headers["content-length"] ?? "", length);
        assert.equal(first?.status, 401);
        assert.notEqual(second?.headers.authorization, first?.headers.authorization);
      }
      const bytes = { method: "POST", headers: json, body: new TextEncoder().encode("{}") };
      assert.equal((await flowith.fetch(flowith.supabaseUrl + COUNT, bytes)).status, 200);
    },
  },
  {
    id: "requests: a post by flowith.fetch whose connection breaks is sent once",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const some = [...bodies.map(([body]) => body), new TextEncoder().encode("{}")];
      for (const body of some) {
        // A connection that is kept alive: some platforms send a second time by themselves when such a one closes.
        await (await flowith.fetch(`${flowith.supabaseUrl}/models`)).text();
        await control.fault(user, { type: "disconnect", route: `POST ${COUNT}` });
        const post = flowith.fetch(flowith.supabaseUrl + COUNT, { method: "POST", body });
        assert.propertyVal(await rejection(post), "name", "ConnectionError");
      }
      assert.lengthOf(await control.journal(user, `POST ${COUNT}`), some.length);
    },
  },
  {
    id: "requests: flowith.fetch sends a stream, once: a 401 is its answer, and the next call has a new token",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const url = flowith.supabaseUrl + COUNT;
      const sent = await flowith.fetch(url, { method: "POST", headers: json, body: streamOf("{}") });
      assert.equal(sent.status, 200);
      await control.fault(user, { type: "status", status: 401, route: `POST ${COUNT}` });
      const refused = await flowith.fetch(url, { method: "POST", headers: json, body: streamOf("{}") });
      assert.equal(refused.status, 401);
      const again = await flowith.fetch(url, { method: "POST", headers: json, body: streamOf("{}") });
      assert.equal(again.status, 200);
      const posts = await control.journal(user, `POST ${COUNT}`);
      assert.deepEqual(
        posts.map(({ status, body }) => [status, body]),
        [
          [200, "{}"],
          [401, "{}"],
          [200, "{}"],
        ],
      );
      const locked = streamOf("{}");
      locked.getReader();
      const error = await rejection(flowith.fetch(url, { method: "POST", body: locked }));
      assert.propertyVal(error, "name", "InvalidArgumentError");
    },
  },
];
