import { assert } from "chai";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

/** Too large to be read before it is sent, and no byte like the one a block further on. */
const LARGE = 1_600_001;
const largeBytes = (): Uint8Array<ArrayBuffer> => new Uint8Array(LARGE).map((_, place) => (place * 31) % 251);

/** The bytes in parts of some size, and what became of them. */
function partsOf(bytes: Uint8Array<ArrayBuffer>, partBytes: number) {
  const state = { readBytes: 0, isCancelled: false };
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        const part = bytes.slice(state.readBytes, state.readBytes + partBytes);
        if (part.byteLength === 0) {
          controller.close();
          return;
        }
        state.readBytes += part.byteLength;
        controller.enqueue(part);
      },
      cancel() {
        state.isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, state };
}

async function sameBytes(url: string, bytes: Uint8Array): Promise<void> {
  const stored = new Uint8Array(await (await fetch(url)).arrayBuffer());
  assert.equal(stored.byteLength, bytes.byteLength);
  const different = stored.findIndex((byte, place) => byte !== bytes[place]);
  assert.equal(different, -1, "the first byte that differs");
}

export const uploadCases: ConformanceCase[] = [
  {
    id: "upload: stores bytes that come back the same, and can be used in a prompt",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const text = "Dragons like cinnamon. — Ödön";
      const file = await flowith.uploadFile(new Blob([text]), { filename: "dragons.txt" });
      assert.equal(file.fileType, "txt");
      assert.equal(file.reference, `[[file:txt|dragons.txt|${file.url}]]`);
      assert.equal(await (await fetch(file.url)).text(), text);
      const output = await flowith.generate(`What does this say? ${file.reference}`);
      assert.include(output.text, "Dragons like cinnamon");
    },
  },
  {
    id: "upload: takes bytes, a stream, a response and a URL",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const bytes = new TextEncoder().encode("the same in every form");
      const stream = new Blob([bytes]).stream();
      const first = await flowith.uploadFile(bytes, { filename: "a.bin" });
      const others = [
        await flowith.uploadFile(bytes.buffer, { filename: "b.bin" }),
        await flowith.uploadFile(stream, { filename: "c.bin" }),
        await flowith.uploadFile(new Response(bytes), { filename: "d.bin" }),
        await flowith.uploadFile(first.url),
      ];
      for (const { url } of [first, ...others]) {
        assert.deepEqual(new Uint8Array(await (await fetch(url)).arrayBuffer()), bytes);
      }
    },
  },
  {
    id: "upload: a large file of every kind arrives whole",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const bytes = largeBytes();
      const first = await flowith.uploadFile(new File([bytes], "large.bin"));
      await sameBytes(first.url, bytes);
      for (const source of [
        new Blob([bytes]),
        bytes,
        bytes.buffer,
        partsOf(bytes, 100_000).stream,
        new Response(bytes),
        await fetch(first.url),
        first.url,
        new URL(first.url),
      ]) {
        await sameBytes((await flowith.uploadFile(source, { filename: "large.bin" })).url, bytes);
      }
    },
  },
  {
    id: "upload: a large file passes a middleware as a stream",
    async run({ newClient }) {
      const { flowith } = await newClient({ middleware: [(request, next) => next(request)] });
      const bytes = largeBytes();
      await sameBytes((await flowith.uploadFile(new Blob([bytes]))).url, bytes);
      await sameBytes((await flowith.uploadFile(partsOf(bytes, 100_000).stream)).url, bytes);
    },
  },
  {
    id: "upload: a large file is sent again after its token was refused",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const bytes = largeBytes();
      await control.fault(user, { type: "status", status: 401, route: "POST /file/store", count: 1 });
      await sameBytes((await flowith.uploadFile(new Blob([bytes]))).url, bytes);
    },
  },
  {
    id: "upload: names of every kind arrive as they are",
    async run({ newClient }) {
      const { flowith } = await newClient();
      for (const filename of [
        'the "best".txt',
        "two\r\nlines.txt",
        "Ödön 京 🐉.txt",
        "a;b=c, d.txt",
        "back\\slash.txt",
      ]) {
        const { url } = await flowith.uploadFile(new Blob(["x"]), { filename });
        assert.equal(decodeURIComponent(new URL(url).pathname.split("/").pop() ?? ""), filename);
      }
    },
  },
  {
    id: "upload: what a file is, is told by its name, else by its first bytes",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0);
      const typeOf = async (url: string): Promise<string | null> => (await fetch(url)).headers.get("content-type");
      const named = await flowith.uploadFile(png, { filename: "page.html" });
      assert.deepEqual([named.fileType, await typeOf(named.url)], ["html", "text/html"]);
      for (const source of [png, partsOf(png, 4).stream, new Blob([png])]) {
        const unnamed = await flowith.uploadFile(source);
        assert.deepEqual([unnamed.fileType, await typeOf(unnamed.url)], ["png", "image/png"]);
      }
      const large = new Uint8Array(LARGE);
      large.set(png);
      const unnamed = await flowith.uploadFile(new Blob([large]));
      assert.deepEqual([unnamed.fileType, await typeOf(unnamed.url)], ["png", "image/png"]);
    },
  },
  {
    id: "upload: progress begins at nothing and ends at all",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const bytes = largeBytes();
      for (const source of [new Blob(["x"]), new Blob([bytes]), partsOf(bytes, 100_000).stream]) {
        const sent: number[] = [];
        await flowith.uploadFile(source, { onProgress: ({ sentBytes }) => sent.push(sentBytes ?? -1) });
        assert.equal(sent[0], 0);
        assert.equal(sent.at(-1), source instanceof Blob ? source.size : LARGE);
        assert.deepEqual(
          sent,
          [...sent].sort((one, other) => one - other),
        );
      }
    },
  },
  {
    id: "upload: a stream that passes maxBytes is broken off, and nothing is stored",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const bytes = largeBytes();
      const { stream, state } = partsOf(bytes, 100_000);
      const error = await rejection(flowith.uploadFile(stream, { maxBytes: 1_200_000 }));
      assert.propertyVal(error, "name", "InvalidArgumentError");
      assert.isTrue(state.isCancelled);
      assert.isBelow(state.readBytes, 1_200_000 + 2 * 100_000);
      // The connection that was broken off stands in nobody's way.
      await sameBytes((await flowith.uploadFile(new Blob([bytes]))).url, bytes);
    },
  },
  {
    id: "upload: a source that fails in the middle ends it with its own error",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const failure = new RangeError("the camera is gone");
      let parts = 0;
      const source = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (parts++ < 30) controller.enqueue(new Uint8Array(65_536));
          else controller.error(failure);
        },
      });
      assert.strictEqual(await rejection(flowith.uploadFile(source)), failure);
    },
  },
  {
    id: "upload: refuses what is too large before a byte is sent",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const error = await rejection(flowith.uploadFile(new Uint8Array(11), { maxBytes: 10 }));
      assert.propertyVal(error, "name", "InvalidArgumentError");
      assert.lengthOf(await control.journal(user, "POST /file/store"), 0);
    },
  },
  {
    id: "upload: a Response that is an error page is not stored",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const error = await rejection(flowith.uploadFile(new Response("Not here", { status: 404 })));
      assert.propertyVal(error, "name", "InvalidArgumentError");
      assert.match(String(error), /status 404/);
      assert.isEmpty(await control.journal(user, "POST /file/store"));
    },
  },
  {
    id: "upload: a refusal is a FileUploadError",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.fault(user, { type: "status", status: 415, route: "POST /file/store" });
      const error = await rejection(flowith.uploadFile(new Blob(["x"])));
      assert.deepInclude(error, { name: "FileUploadError", status: 415 });
    },
  },
  {
    id: "upload: pictures of a prompt are uploaded first",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await flowith.generate("Describe it", { images: [new Blob(["not really a picture"], { type: "image/png" })] });
      assert.lengthOf(await control.journal(user, "POST /file/store"), 1);
      const [post] = await control.journal(user, "POST /completion/async");
      const [message] = JSON.parse(post?.body ?? "").messages;
      assert.equal(message.content[0].text, "Describe it");
      assert.match(message.content[1].image_url.url, /^http/);
    },
  },
];
