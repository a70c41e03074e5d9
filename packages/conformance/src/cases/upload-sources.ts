import { assert } from "chai";
import type { FileSource, ImageSource } from "flowith-webapi";
import type { CaseContext, ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

/** Goes as it is. */
const KEPT = "https://files.example/kept.png";

/** As an HTTP framework's request is: a class of its own, with a path that a stranger has chosen. */
class FrameworkRequest {
  readonly method = "POST";
  readonly url = "/etc/os-release?x=1";
  readonly path = "/etc/os-release";
}

async function refused({ newClient, control }: CaseContext, source: unknown): Promise<string> {
  const { flowith, user } = await newClient();
  const error = await rejection(flowith.uploadFile(source as FileSource));
  assert.propertyVal(error, "name", "InvalidArgumentError");
  const inPrompt = await rejection(flowith.generate("What is this?", { images: [source as FileSource] }));
  assert.propertyVal(inPrompt, "name", "InvalidArgumentError");
  // The event stream is opened beside what a prompt has to be given first.
  const written = (await control.journal(user)).filter(({ method }) => method !== "GET");
  assert.isEmpty(written, "nothing was stored or posted");
  return String(error);
}

/** Bytes part by part, and what became of who gives them. */
function iterable(parts: readonly unknown[]) {
  const state = { given: 0, isEnded: false };
  async function* give(): AsyncGenerator<unknown> {
    try {
      for (const part of parts) {
        state.given++;
        yield part;
      }
    } finally {
      state.isEnded = true;
    }
  }
  return { source: give() as AsyncIterable<Uint8Array>, state };
}

/** What is taken for a file, and what only looks like one. */
export const uploadSourceCases: ConformanceCase[] = [
  {
    id: "upload: what is wrong with a picture is said with the verb and the option that named it",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const none = { path: "", mode: 1 } as FileSource;
      const spent = new ReadableStream<Uint8Array>();
      await spent.cancel();
      const session = flowith.startConversation();
      for (const [label, call] of [
        ["generate: images[1]", (bad: ImageSource) => flowith.generate("x", { images: [KEPT, bad] })],
        ["generate: images[0]", (bad: ImageSource) => session.send("x", { images: [bad] })],
        ["submitText: images[0]", (bad: ImageSource) => flowith.submitText("x", { images: [bad] })],
        ["generateImage: images[0]", (bad: ImageSource) => flowith.generateImage("x", { images: [bad] })],
        ["submitImage: images[0]", (bad: ImageSource) => flowith.submitImage("x", { images: [bad] })],
        ["generateVideo: image", (bad: ImageSource) => flowith.generateVideo("x", { image: bad })],
        ["generateVideo: lastImage", (bad: ImageSource) => flowith.generateVideo("x", { image: KEPT, lastImage: bad })],
      ] as const) {
        for (const bad of ["data:image/png", "data:image/png;base64,*", "ftp://files.example/a.png", none, spent]) {
          const error = await rejection(call(bad));
          assert.propertyVal(error, "name", "InvalidArgumentError");
          assert.include(String(error), `InvalidArgumentError: ${label}: `);
        }
      }
      const wrong = await rejection(flowith.generateVideo("x", { image: "" }));
      assert.include(String(wrong), "generateVideo: image must be");
      assert.isEmpty(await control.journal(user, "POST /file/store"));
    },
  },
  {
    id: "upload: an object that happens to have a path is not read from there",
    async run(context) {
      for (const source of [new FrameworkRequest(), new (class extends FrameworkRequest {})()]) {
        assert.match(await refused(context, source), /must be a path, URL, Blob/);
      }
    },
  },
  {
    id: "upload: a path that is inherited, hidden or computed is not read from there",
    async run(context) {
      const path = "/etc/os-release";
      for (const source of [
        Object.create({ path }),
        Object.create(Object.create(null, { path: { value: path, enumerable: true } })),
        // As Fastify makes its `request.query`: of a class whose prototype has none itself.
        Object.assign(Object.create(Object.create(null)), { path }),
        Object.defineProperty({}, "path", { value: path }),
        {
          get path(): string {
            return path;
          },
        },
        new Proxy(new FrameworkRequest(), {}),
      ]) {
        assert.match(await refused(context, source), /must be a path, URL, Blob/);
      }
      for (const [more, name] of [
        [Object.defineProperty({ path }, "mode", { value: 1 }), "mode"],
        [{ path, [Symbol("kind")]: 1 }, "Symbol\\(kind\\)"],
        [
          {
            path,
            get size(): undefined {
              return undefined;
            },
          },
          "size",
        ],
      ] as const) {
        assert.match(await refused(context, more), new RegExp(`takes no "${name}"`));
      }
    },
  },
  {
    id: "upload: an object with a path and more is refused, and the rest is named",
    async run(context) {
      const { method, url, path } = new FrameworkRequest();
      assert.match(await refused(context, { method, url, path }), /takes no "method"/);
      assert.match(await refused(context, { path, filename: "x.txt" }), /takes no "filename"/);
      assert.match(await refused(context, { path: 7 }), /must be a path/);
    },
  },
  {
    id: "upload: what is undefined beside a path does not count, and neither does a prototype that is none",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const bare: { path: string } = Object.assign(Object.create(null), { path: "no such file.txt" });
      for (const source of [{ path: "no such file.txt", filename: undefined }, bare]) {
        // It is read as a path, which there is none of here.
        assert.match(String(await rejection(flowith.uploadFile(source))), /no such file\.txt/);
      }
    },
  },
  {
    id: "upload: what a form parser makes of a file is refused with where its bytes are",
    async run(context) {
      const inMemory = { fieldname: "file", originalname: "cat.png", buffer: Uint8Array.of(1, 2) };
      assert.match(await refused(context, inMemory), /Pass what it holds: file\.buffer/);
      const onDisk = { originalFilename: "cat.png", filepath: "/tmp/upload_1" };
      assert.match(await refused(context, onDisk), /Pass what it holds: \{ path: file\.filepath \}/);
    },
  },
  {
    id: "upload: a Request, a generation and nothing at all are refused by what they are",
    async run(context) {
      const request = new Request("https://example.com/", { method: "POST", body: "x" });
      assert.match(await refused(context, request), /request\.body/);
      const { flowith, user } = await context.newClient();
      const generation: unknown = flowith.generateStream("Hello");
      assert.match(await refused(context, generation), /a generation is no file/);
      assert.isEmpty(await context.control.journal(user), "the generation was not started");
      for (const source of [undefined, null, 7, true, [], {}]) {
        const error = await rejection(flowith.uploadFile(source as unknown as FileSource));
        assert.propertyVal(error, "name", "InvalidArgumentError");
      }
    },
  },
  {
    id: "upload: an async iterable of bytes arrives whole, however large",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const part = Uint8Array.from({ length: 100_000 }, (_, place) => (place * 31) % 251);
      for (const count of [1, 30]) {
        const { source, state } = iterable(Array.from({ length: count }, () => part));
        const { url } = await flowith.uploadFile(source, { filename: "parts.bin" });
        const stored = new Uint8Array(await (await fetch(url)).arrayBuffer());
        assert.equal(stored.byteLength, count * part.byteLength);
        const wrong = stored.findIndex((byte, place) => byte !== part[place % part.byteLength]);
        assert.equal(wrong, -1, "the first byte that differs");
        assert.isTrue(state.isEnded);
      }
    },
  },
  {
    id: "upload: an async iterable is ended when it gives no bytes, or too many",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const part = new Uint8Array(100_000);
      for (const wrong of ["text", { a: 1 }, 7, null]) {
        const { source, state } = iterable([part, wrong, part]);
        const error = await rejection(flowith.uploadFile(source));
        assert.propertyVal(error, "name", "InvalidArgumentError");
        assert.match(String(error), /must give bytes/);
        assert.deepEqual(state, { given: 2, isEnded: true });
      }
      const many = iterable(Array.from({ length: 100 }, () => part));
      assert.match(String(await rejection(flowith.uploadFile(many.source, { maxBytes: 500_000 }))), /more than 500000/);
      assert.isTrue(many.state.isEnded);
      assert.isBelow(many.state.given, 10);
      assert.isEmpty(await control.journal(user, "POST /file/store"));
    },
  },
  {
    id: "upload: an async iterable that fails ends the upload with its own error",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const failure = new RangeError("the camera is gone");
      async function* failing(): AsyncGenerator<Uint8Array> {
        yield new Uint8Array(10);
        throw failure;
      }
      assert.strictEqual(await rejection(flowith.uploadFile(failing())), failure);
    },
  },
  {
    id: "upload: a view of bytes is stored as what it shows",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const { buffer } = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
      for (const view of [new DataView(buffer, 2, 4), new Uint8Array(buffer, 2, 4), new Uint16Array(buffer, 2, 2)]) {
        const { url } = await flowith.uploadFile(view);
        assert.deepEqual([...new Uint8Array(await (await fetch(url)).arrayBuffer())], [3, 4, 5, 6]);
      }
    },
  },
];
