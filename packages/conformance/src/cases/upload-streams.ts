import { assert } from "chai";
import type { FileSource } from "flowith-webapi";
import type { CaseContext, ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

/** More than is read before anything is sent. */
const LARGE = 1_200_000;

/** What gives parts, and what became of it. Types say bytes: what else comes is the case. */
interface Giver {
  source: FileSource;
  state: { given: number; isEnded: boolean };
}

type Give = (parts: Iterable<unknown>) => Giver;

const webStream: Give = (parts) => {
  const state = { given: 0, isEnded: false };
  const iterator = parts[Symbol.iterator]();
  const source = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const { done, value } = iterator.next();
        if (done === true) {
          controller.close();
          return;
        }
        state.given++;
        controller.enqueue(value as Uint8Array);
      },
      cancel() {
        state.isEnded = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { source, state };
};

/** Not a generator, which would be ended without a look at its `return`. */
const iterable: Give = (parts) => {
  const state = { given: 0, isEnded: false };
  const iterator = parts[Symbol.iterator]();
  const source: AsyncIterableIterator<Uint8Array> = {
    [Symbol.asyncIterator]: () => source,
    async next() {
      const { done, value } = iterator.next();
      if (done === true || state.isEnded) return { done: true, value: undefined };
      state.given++;
      return { done: false, value: value as Uint8Array };
    },
    async return() {
      state.isEnded = true;
      return { done: true, value: undefined };
    },
  };
  return { source, state };
};

const givers: readonly Give[] = [webStream, iterable];

/** Empty parts, and an end for the case that nobody stops them. */
function* emptyParts(): Generator<Uint8Array> {
  for (let count = 0; count < 3_000_000; count++) yield new Uint8Array();
}

function* largeThen(parts: Iterable<unknown>): Generator<unknown> {
  yield new Uint8Array(LARGE);
  yield* parts;
}

async function assertRefused(work: Promise<unknown>, message: RegExp): Promise<void> {
  const error = await rejection(work);
  assert.propertyVal(error, "name", "InvalidArgumentError");
  assert.match(String(error), message);
}

const refusedUpload = async ({ newClient, control }: CaseContext, source: unknown, message: RegExp): Promise<void> => {
  const { flowith, user } = await newClient();
  await assertRefused(flowith.uploadFile(source as FileSource), message);
  assert.isEmpty(await control.journal(user, "POST /file/store"));
};

const bytesAt = async (url: string): Promise<Uint8Array> => new Uint8Array(await (await fetch(url)).arrayBuffer());

const BEING_READ = /being read already, or has been/;

/** What can be read once only, and what does not give what it should. */
export const uploadStreamCases: ConformanceCase[] = [
  {
    id: "upload: a source of empty parts leaves the limits and the caller's signal at work",
    async run({ newClient }) {
      const { flowith } = await newClient();
      for (const give of givers) {
        for (const parts of [emptyParts, () => largeThen(emptyParts())]) {
          const late = give(parts());
          const error = await rejection(flowith.uploadFile(late.source, { timeout: { totalMs: 300 } }));
          assert.deepInclude(error, { name: "TimeoutError", phase: "total" });
          assert.isTrue(late.state.isEnded);
          const left = give(parts());
          const controller = new AbortController();
          const reason = new Error("enough");
          setTimeout(() => controller.abort(reason), 100);
          assert.strictEqual(await rejection(flowith.uploadFile(left.source, { signal: controller.signal })), reason);
          assert.isTrue(left.state.isEnded);
        }
      }
    },
  },
  {
    id: "upload: a file of many small parts arrives as it is, empty ones among them",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const bytes = Uint8Array.from({ length: LARGE }, (_, place) => (place * 31) % 251);
      function* parts(partBytes: number): Generator<Uint8Array> {
        for (let at = 0; at < bytes.byteLength; at += partBytes) {
          yield new Uint8Array();
          yield bytes.subarray(at, at + partBytes);
        }
      }
      for (const give of givers) {
        for (const partBytes of [13, 40_000]) {
          const { url } = await flowith.uploadFile(give(parts(partBytes)).source);
          const stored = await bytesAt(url);
          assert.equal(stored.byteLength, bytes.byteLength);
          const wrong = stored.findIndex((byte, place) => byte !== bytes[place]);
          assert.equal(wrong, -1, "the first byte that differs");
        }
      }
    },
  },
  {
    id: "upload: every part is bytes, however far into the file it comes",
    async run({ newClient, control }) {
      const { flowith } = await newClient();
      for (const give of givers) {
        for (const wrong of [undefined, null, "text", 7, { a: 1 }]) {
          for (const parts of [[wrong], largeThen([wrong])]) {
            const { source, state } = give(parts);
            await assertRefused(flowith.uploadFile(source), /must give bytes/);
            assert.isTrue(state.isEnded);
          }
        }
      }
      const { flowith: other, user } = await newClient();
      const parts = [Uint8Array.of(1).buffer, new DataView(Uint8Array.of(1, 2, 3, 4).buffer, 1, 2)];
      const buffers = new Uint8Array(await bytesAt((await other.uploadFile(webStream(parts).source)).url));
      assert.deepEqual([...buffers], [1, 2, 3]);
      assert.lengthOf(await control.journal(user, "POST /file/store"), 1);
    },
  },
  {
    id: "upload: what is left of a stream or Response that was read in part is not the file",
    async run(context) {
      const parts = [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)];
      const streamOf = (): ReadableStream => webStream(parts).source as ReadableStream;
      const readOne = async (stream: ReadableStream | null): Promise<void> => {
        const reader = stream?.getReader();
        await reader?.read();
        reader?.releaseLock();
      };
      const partly = streamOf();
      await readOne(partly);
      await refusedUpload(context, partly, BEING_READ);
      const cancelled = streamOf();
      await cancelled.cancel();
      await refusedUpload(context, cancelled, BEING_READ);
      const response = new Response(streamOf());
      await readOne(response.body);
      await refusedUpload(context, response, BEING_READ);
      const left = new Response("left");
      await left.body?.cancel();
      await refusedUpload(context, left, BEING_READ);
      const spent = new Response("spent");
      await spent.text();
      await refusedUpload(context, spent, BEING_READ);
    },
  },
  {
    id: "upload: of two uploads of what can be read once only, the second is refused and the first stored whole",
    async run({ newClient, control }) {
      const bytes = Uint8Array.of(1, 2, 3);
      const sources: (() => FileSource)[] = [
        ...givers.map((give) => () => give([bytes]).source),
        () => new Response(bytes),
        () =>
          (async function* () {
            yield bytes;
          })(),
      ];
      for (const newSource of sources) {
        const { flowith, user } = await newClient();
        const source = newSource();
        const first = flowith.uploadFile(source);
        await assertRefused(flowith.uploadFile(source), BEING_READ);
        const { url } = await first;
        assert.deepEqual([...(await bytesAt(url))], [1, 2, 3]);
        await assertRefused(flowith.uploadFile(source), BEING_READ);
        assert.lengthOf(await control.journal(user, "POST /file/store"), 1);
      }
    },
  },
  {
    id: "upload: an iterable that begins anew each time can be uploaded again",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const again: AsyncIterable<Uint8Array> = {
        async *[Symbol.asyncIterator]() {
          yield Uint8Array.of(1, 2, 3);
        },
      };
      for (const upload of [flowith.uploadFile(again), flowith.uploadFile(again)]) {
        assert.deepEqual([...(await bytesAt((await upload).url))], [1, 2, 3]);
      }
    },
  },
  {
    id: "upload: a source is ended where the call fails before a byte of it is read",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const aborted = AbortSignal.abort(new Error("enough"));
      const parts = [new Uint8Array(1)];
      for (const give of givers) {
        const wrongOption = give(parts);
        await assertRefused(flowith.uploadFile(wrongOption.source, { maxBytes: -1 }), /maxBytes/);
        assert.isTrue(wrongOption.state.isEnded, "a wrong option");
        const late = give(parts);
        await rejection(flowith.uploadFile(late.source, { signal: aborted }));
        assert.isTrue(late.state.isEnded, "an aborted signal");
        for (const direct of [false, true]) {
          const one = give(parts);
          await rejection(flowith.generate("What is this?", { images: [one.source], signal: aborted, direct }));
          assert.isTrue(one.state.isEnded, "an aborted signal of a prompt");
          const second = give(parts);
          const images = [{ path: 7 } as unknown as FileSource, second.source];
          await assertRefused(flowith.generate("What is this?", { images, direct }), /must be a path/);
          assert.isTrue(second.state.isEnded, "another picture that is refused");
        }
        const unsupported = give(parts);
        const images = [unsupported.source];
        await rejection(flowith.generateImage("A cat", { images, imageSize: "no such size" }));
        assert.isTrue(unsupported.state.isEnded, "a size that the model does not have");
      }
      const page = webStream(parts);
      await assertRefused(flowith.uploadFile(new Response(page.source as ReadableStream, { status: 404 })), /404/);
      assert.isTrue(page.state.isEnded, "an error page");
      assert.isEmpty(await control.journal(user, "POST /file/store"));
    },
  },
  {
    id: "upload: a source that somebody else reads is left alone",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const { source, state } = webStream([Uint8Array.of(1), Uint8Array.of(2)]);
      const reader = (source as ReadableStream<Uint8Array>).getReader();
      await reader.read();
      await assertRefused(flowith.uploadFile(source), BEING_READ);
      await assertRefused(flowith.generate("What is this?", { images: [source] }), BEING_READ);
      assert.deepEqual(await reader.read(), { done: false, value: Uint8Array.of(2) });
      assert.isFalse(state.isEnded);
    },
  },
  {
    id: "upload: an iterable that keeps to no protocol is refused by what it should give",
    async run(context) {
      const iterating = (next: unknown, more: object = {}): unknown => ({
        [Symbol.asyncIterator]: () => ({ next, ...more }),
      });
      const text = async (): Promise<unknown> => ({ done: false, value: "text" });
      const throwing = (): never => {
        throw new Error("from return");
      };
      for (const source of [
        iterating(async () => undefined),
        iterating(() => 7),
        iterating(text, { return: () => undefined }),
        iterating(text, { return: throwing }),
        iterating(text, { return: 7 }),
      ]) {
        await refusedUpload(context, source, /must give bytes/);
      }
      for (const source of [
        { [Symbol.asyncIterator]: null },
        { [Symbol.asyncIterator]: () => undefined },
        iterating(undefined),
        iterating(7),
      ]) {
        await refusedUpload(context, source, /the source must be/);
      }
      const gone = new Uint8Array(8);
      structuredClone(gone, { transfer: [gone.buffer] });
      for (const source of [gone, gone.buffer]) await refusedUpload(context, source, /the source must be/);
      await refusedUpload(context, webStream([gone]).source, /must give bytes/);
    },
  },
];
