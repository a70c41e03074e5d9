import { assert } from "chai";
import type { Middleware } from "flowith-webapi";
import type { CaseContext, ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0);

/** As storage services say it, some of them with success. */
const DENIED =
  '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>No way</Message></Error>';

/** A body that comes byte by byte. */
function byByte(text: string): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  return new ReadableStream({
    pull(body) {
      if (at === bytes.length) body.close();
      else body.enqueue(bytes.slice(at, ++at));
    },
  });
}

/** A picture whose host answers so. */
async function pictureOf({ newClient }: CaseContext, answer: () => Response) {
  const answered: Middleware = async (request, next, { kind }) => (kind === "download" ? answer() : next(request));
  const { flowith } = await newClient({ middleware: [answered] });
  return (await flowith.generateImage("A ripe banana")).image;
}

/** By its reader: of a stream in a Response, browsers tell no more than that it broke. */
async function readToEnd(body: ReadableStream<Uint8Array>): Promise<void> {
  const reader = body.getReader();
  while (!(await reader.read()).done);
}

/** What file hosts give in place of a picture. */
export const mediaAnswerCases: ConformanceCase[] = [
  {
    id: "media: a page, a part, a message and nothing are no picture",
    async run(context) {
      const typed = (type: string) => ({ headers: { "content-type": type } });
      for (const [answer, said] of [
        [
          () => new Response("<html>Sign in</html>", typed("text/html; charset=utf-8")),
          /answered 200 with an HTML page/,
        ],
        [() => new Response('{"error":"gone"}', typed("application/json")), /application\/json/],
        [() => new Response(PNG, { status: 206, headers: { "content-range": "bytes 0-9/99" } }), /bytes 0-9\/99/],
        [() => new Response(null, { status: 204 }), /answered 204 with nothing/],
        [() => new Response("", typed("image/png")), /without a byte/],
        [() => new Response(DENIED, typed("image/png")), /answered 200 with an error .* AccessDenied: No way/],
        [() => new Response(byByte(`\ufeff ${DENIED}`)), /answered 200 with an error/],
      ] as const) {
        const image = await pictureOf(context, answer);
        for (const work of [image.bytes(), image.blob(), image.stream().then(readToEnd)]) {
          const error = await rejection(work);
          assert.propertyVal(error, "name", "ResponseShapeError");
          assert.match(String(error), said);
        }
      }
    },
  },
  {
    id: "media: a refusal of the file's host names it and the file, but not what its query holds",
    async run(context) {
      const image = await pictureOf(context, () => new Response("gone", { status: 404 }));
      const said: unknown[] = [];
      const log = (...words: unknown[]): unknown => said.push(words);
      const answered: Middleware = async (request, next, { kind }) =>
        kind === "download" ? new Response("gone", { status: 404 }) : next(request);
      const logger = { debug: log, info: log, warn: log, error: log };
      const { flowith } = await context.newClient({ middleware: [answered], logger, logLevel: "debug" });
      const fromWeb = flowith.uploadFile("https://files.example:8443/a/cat.png?X-Amz-Signature=hush#hush");
      for (const [work, address] of [
        [image.bytes(), image.url.replace(/[?#].*/, "")],
        [fromWeb, "https://files.example:8443/a/cat.png"],
      ] as const) {
        const error = await rejection(work);
        assert.propertyVal(error, "name", "NotFoundError");
        const { origin, pathname } = new URL(address);
        assert.include(String(error), `GET ${origin}`);
        assert.include(String(error), `${pathname.slice(-10)} answered 404: gone.`);
      }
      assert.include(JSON.stringify(said), "https://files.example:8443/a/cat.png");
      assert.notInclude(JSON.stringify(said), "hush");
    },
  },
  {
    id: "media: a picture that breaks off, or that its caller ends, fails alike however it is read",
    async run(context) {
      const broken = () => {
        const parts = [PNG];
        return new Response(
          new ReadableStream<Uint8Array>(
            {
              pull(body) {
                const part = parts.shift();
                if (part === undefined) body.error(new TypeError("network error"));
                else body.enqueue(part);
              },
            },
            { highWaterMark: 0 },
          ),
        );
      };
      const endless = () => new Response(new ReadableStream({ start: (body) => body.enqueue(PNG) }));
      const short = () => new Response(PNG, { headers: { "content-length": "99" } });
      for (const answer of [broken, short]) {
        const image = await pictureOf(context, answer);
        for (const read of [image.bytes(), image.blob()]) {
          assert.propertyVal(await rejection(read), "name", "ConnectionError");
        }
      }
      const slow = await pictureOf(context, endless);
      for (const read of [slow.bytes, slow.blob]) {
        const stop = new AbortController();
        const reason = new Error("enough");
        const onResponse = () => void setTimeout(() => stop.abort(reason), 20);
        assert.strictEqual(await rejection(read({ signal: stop.signal, onResponse })), reason);
      }
    },
  },
  {
    id: "media: a part that was asked for is given",
    async run(context) {
      const image = await pictureOf(context, () => new Response(PNG.subarray(0, 4), { status: 206 }));
      assert.lengthOf(await image.bytes({ headers: { Range: "bytes=0-3" } }), 4);
    },
  },
  {
    id: "media: a fetch whose answers have no web stream gives its pictures all the same",
    async run({ newClient }) {
      const first = await newClient();
      const { image } = await first.flowith.generateImage("A ripe banana");
      const bytes = await image.bytes();
      // As node-fetch has it, a Node stream, and as React Native, no body at all.
      for (const body of [() => partsOf(bytes), () => undefined]) {
        const foreign = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
          const response = await fetch(input, init);
          if (!new URL(input instanceof Request ? input.url : input).pathname.startsWith("/files/")) return response;
          const { ok, status, headers } = response;
          const arrayBuffer = () => response.arrayBuffer();
          return { ok, status, headers, body: body(), arrayBuffer } as unknown as Response;
        };
        const { flowith } = await newClient({ fetch: foreign });
        const { image: another } = await flowith.generateImage("A ripe banana");
        assert.deepEqual(await another.bytes(), bytes);
        assert.equal((await another.blob()).size, bytes.byteLength);
        const stored = await flowith.uploadFile(image.url);
        assert.deepEqual(new Uint8Array(await (await fetch(stored.url)).arrayBuffer()), bytes);
      }
    },
  },
];

async function* partsOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes.subarray(0, 10);
  yield bytes.subarray(10);
}
