import { assert } from "chai";
import type { FlowithClientOptions, Middleware } from "flowith-webapi";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

const STREAM = "GET /user_stream/stream";
const POST = "POST /completion/async";
const IMAGE_POST = "POST /image_gen/async";
const UPLOAD = "POST /file/store";

type Fetch = NonNullable<FlowithClientOptions["fetch"]>;

/** Ways in which a middleware passes a request on. */
const passers: Record<string, Middleware> = {
  "as it is": (request, next) => next(request),
  "with a header more": (request, next) => {
    request.headers.set("x-added", "yes");
    return next(request);
  },
  "read on the way": async (request, next) => {
    await request.clone().arrayBuffer();
    return next(request);
  },
  "made anew": (request, next) => {
    const headers = new Headers(request.headers);
    headers.set("x-added", "yes");
    return next(new Request(request, { headers }));
  },
};

/** As an untyped program may hand it over. */
function untyped<T>(value: unknown): T {
  return value as T;
}

/** How a request is sent, and when it is sent again. */
export const requestCases: ConformanceCase[] = [
  {
    id: "requests: a Retry-After of an hour is not waited for, also where there is no limit, and the refusal says it",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const { image } = await flowith.generateImage("A boat");
      for (const [status, name] of [
        [429, "RateLimitError"],
        [503, "ServerError"],
      ] as const) {
        const headers = { "retry-after": "3600" };
        await control.fault(user, { type: "status", status, headers, route: "GET /files/*" });
        const error = await rejection(image.bytes());
        assert.deepInclude(error, { name, retryAfterMs: 3_600_000 });
        assert.match(String(error), /try again in 3600 s\./i);
      }
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
  ...Object.entries(passers).map(
    ([way, middleware]): ConformanceCase => ({
      id: `requests: a fetch of one's own gets a URL and an init for what middleware passes on ${way}`,
      async run({ newClient, control }) {
        const inputs: unknown[] = [];
        const fetchByUrl: Fetch = (input, init) => {
          inputs.push(input);
          return fetch(input, init);
        };
        const file = new Blob([new Uint8Array(2 * 2 ** 20)]);
        const plain = await newClient();
        const onion = await newClient({ fetch: fetchByUrl, middleware: [middleware] });
        const lengths: Record<string, unknown>[] = [];
        for (const { flowith, user } of [plain, onion]) {
          const output = await flowith.generate("What is the capital of Poland?");
          assert.include(output.text, "Warsaw");
          assert.lengthOf(await flowith.conversations.nodes(output.convId), 2);
          await flowith.uploadFile(file);
          const sent = await Promise.all([POST, UPLOAD].map((route) => control.journal(user, route)));
          lengths.push(Object.fromEntries(sent.flat().map(({ path, headers }) => [path, headers["content-length"]])));
        }
        assert.deepEqual(lengths[1], lengths[0]);
        assert.hasAllKeys(lengths[0], ["/completion/async", "/file/store"]);
        assert.isAbove(inputs.length, 4);
        for (const input of inputs) assert.isString(input);
        const [post] = await control.journal(onion.user, POST);
        assert.equal(post?.headers["x-added"], way.includes("header") || way === "made anew" ? "yes" : undefined);
      },
    }),
  ),
  {
    id: "requests: a form goes out whole behind middleware, under the boundary that its headers name",
    async run({ newClient }) {
      const words: unknown[] = [];
      const { flowith } = await newClient({
        middleware: [(request, next) => next(request)],
        fetch: async (_url, init) => {
          const { headers, body } = init ?? {};
          words.push((await new Response(body ?? null, headers && { headers }).formData()).get("word"));
          return Response.json({});
        },
      });
      const form = new FormData();
      form.set("word", "hello");
      await flowith.request("POST", "/nowhere", { body: form });
      assert.deepEqual(words, ["hello"]);
    },
  },
  {
    id: "requests: a body of another realm or library is told by what it does, and sent as one of this",
    async run({ newClient }) {
      const received: Response[] = [];
      const { flowith } = await newClient({
        fetch: async (_url, init) => {
          received.push(new Response(init?.body ?? null));
          return Response.json({});
        },
      });
      const blob = new Blob(["a blob"], { type: "text/x-own" });
      const foreignBlob = {
        size: blob.size,
        type: blob.type,
        slice: blob.slice.bind(blob),
        arrayBuffer: () => blob.arrayBuffer(),
      };
      const tagged = <T extends object>(value: T, tag: string): T =>
        Object.defineProperty(value, Symbol.toStringTag, { value: tag });
      const bytes = new TextEncoder().encode("some bytes");
      const form = tagged({ entries: () => new Map([["name", "in a form"]]).entries() }, "FormData");
      const words = tagged({ toString: () => "a=b+c" }, "URLSearchParams");
      for (const [body, type, sent] of [
        [foreignBlob, "text/x-own", "a blob"],
        [bytes, undefined, "some bytes"],
        [bytes.buffer, undefined, "some bytes"],
        [new DataView(bytes.buffer, 5), undefined, "bytes"],
        [words, "application/x-www-form-urlencoded", "a=b+c"],
        [form, "multipart/form-data", "in a form"],
        [{ a: 1 }, undefined, '{"a":1}'],
      ] as const) {
        await flowith.request("POST", "/nowhere", { body });
        const post = received.at(-1);
        if (type !== undefined) assert.include(post?.headers.get("content-type") ?? "", type);
        assert.include((await post?.text()) ?? "", sent);
      }
      async function* parts(): AsyncGenerator<Uint8Array> {
        yield bytes;
      }
      assert.match(String(await rejection(flowith.request("POST", "/nowhere", { body: parts() }))), /not be a stream/);
    },
  },
  {
    id: "requests: a middleware may send one elsewhere, and with another method, body and signal",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient({
        middleware: [
          (request, next) => {
            const url = new URL(request.url);
            if (url.pathname !== "/nowhere") return next(request);
            url.pathname = "/elsewhere";
            const { headers } = request;
            return next(
              new Request(url, { method: "PUT", headers, body: "changed", signal: AbortSignal.abort("mine") }),
            );
          },
          (request, next) => (request.signal.aborted ? next(new Request(request, { signal: null })) : next(request)),
        ],
      });
      await rejection(flowith.request("POST", "/nowhere", { body: "as it was" }));
      const [put] = await control.journal(user, "/elsewhere");
      assert.deepInclude(put, { method: "PUT", body: "changed" });
    },
  },
  {
    id: "requests: the platform is told to keep no answer, but of files",
    async run({ newClient }) {
      // Where it cannot be told, it must not be.
      const isKnown = takesNoStore();
      const told: Record<string, unknown> = {};
      const { flowith } = await newClient({
        fetch: (input, init) => {
          told[new URL(String(input)).pathname.replace(/^\/files\/.*/, "/files")] = init?.cache;
          return fetch(input, init);
        },
      });
      const { image, convId } = await flowith.generateImage("A boat");
      await image.bytes();
      await flowith.conversations.nodes(convId);
      const { "/files": ofFiles, ...others } = told;
      assert.includeMembers(Object.keys(others), ["/rest/v1/flow_node", "/image_gen/async", "/user_stream/stream"]);
      assert.isUndefined(ofFiles);
      for (const cache of Object.values(others)) assert.equal(cache, isKnown ? "no-store" : undefined);
    },
  },
  {
    id: "requests: an event stream is asked for without a cache, which a page has no leave to ask for but the token",
    async run({ newClient, control }) {
      const asked: string[][] = [];
      const { flowith, user } = await newClient({
        middleware: [
          (request, next, { kind }) => {
            if (kind === "events") asked.push([...request.headers.keys()]);
            return next(request);
          },
        ],
      });
      await flowith.generate("Hello");
      const [stream] = await control.journal(user, STREAM);
      assert.equal(stream?.headers["cache-control"], "no-cache");
      assert.isNotEmpty(asked);
      if ("document" in globalThis) assert.sameMembers(asked.flat(), ["accept", "authorization"]);
    },
  },
  {
    id: "requests: a middleware that passes on no Request is named, before any request",
    async run({ newClient, control }) {
      for (const passed of [undefined, null, "https://example.com/", new URL("https://example.com/"), {}]) {
        const { flowith, user } = await newClient({ middleware: [(_, next) => next(untyped<Request>(passed))] });
        for (const call of [() => flowith.models.list(), () => flowith.conversations.list()]) {
          const error = await rejection(call());
          assert.propertyVal(error, "name", "InvalidArgumentError");
          assert.match(String(error), /GET \/\S+: a middleware passed on .* where a Request was expected/);
        }
        assert.isEmpty(await control.journal(user));
      }
    },
  },
  {
    id: "requests: a middleware or fetch that returns no Response is named",
    async run({ newClient, control }) {
      const nothing = untyped<Middleware>(async () => undefined);
      const reader: Middleware = async (request, next) => {
        const response = await next(request);
        await response.text();
        return response;
      };
      const wrong: [RegExp, FlowithClientOptions][] = [
        [/POST \/user\/x: a middleware returned undefined/, { middleware: [nothing] }],
        [/POST \/user\/x: a middleware returned undefined/, { middleware: [async (r, next) => next(r), nothing] }],
        [/POST \/user\/x: the fetch option returned undefined/, { fetch: untyped<Fetch>(() => undefined) }],
        [/POST \/user\/x: the fetch option returned null/, { fetch: untyped<Fetch>(async () => null) }],
        [/returned a value of the type string/, { fetch: untyped<Fetch>(async () => "{}") }],
        [/POST \/user\/x: a middleware returned a Response whose body was read/, { middleware: [reader] }],
      ];
      for (const [message, options] of wrong) {
        const { flowith } = await newClient(options);
        const error = await rejection(flowith.request("POST", "/user/x", { body: {} }));
        assert.propertyVal(error, "name", "ResponseShapeError");
        assert.match(String(error), message);
      }
      const { flowith, user } = await newClient({
        middleware: [
          async (request, next, { kind }) => (kind === "edge" ? nothing(request, next, untyped({})) : next(request)),
        ],
      });
      // Nobody can say what such a middleware did with the post: a picture is looked for once, a text posted again.
      const error = await rejection(flowith.generateImage("A boat"));
      assert.deepInclude(error, { name: "ResponseShapeError" });
      assert.isEmpty(await control.journal(user, IMAGE_POST));
    },
  },
];

function takesNoStore(): boolean {
  try {
    return new Request("https://example.com/", { cache: "no-store" }) instanceof Request;
  } catch {
    return false;
  }
}
