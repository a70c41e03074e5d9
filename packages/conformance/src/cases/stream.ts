import { assert } from "chai";
import type { GenerationChunk } from "flowith-webapi";
import { brokenFetch } from "../broken-fetch.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { eventByEvent } from "../event-by-event.ts";
import { rejection } from "../rejection.ts";

export const streamCases: ConformanceCase[] = [
  {
    id: "text: a stream gives it out in pieces that join to the whole",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient({ fetch: brokenFetch(eventByEvent).fetch });
      await control.script(user, {
        match: "stream",
        fragments: ["<think>a", "b</think>", "One ", ["two", " three"], "."],
      });
      const stream = flowith.generateStream("stream please");
      const chunks: GenerationChunk[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      const output = await stream.output;
      assert.deepEqual(
        chunks.map(({ reasoningDelta, textDelta }) => reasoningDelta + textDelta),
        ["a", "b", "One ", "two three", ".", ""],
      );
      assert.equal(chunks.map((chunk) => chunk.textDelta).join(""), "One two three.");
      assert.equal(chunks.map((chunk) => chunk.reasoningDelta).join(""), "ab");
      assert.deepEqual(
        chunks.map((chunk) => chunk.isFinal),
        chunks.map((_, index) => index === chunks.length - 1),
      );
      const last = chunks.at(-1);
      assert.equal(last?.text, output.text);
      assert.equal(last?.reasoning, output.reasoning);
      assert.equal(output.text, "One two three.");
    },
  },
  {
    id: "text: a stream posts nothing before the first pull",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const stream = flowith.generateStream("Hello");
      assert.lengthOf(await control.journal(user, "POST *"), 0);
      await stream.output;
      assert.lengthOf(await control.journal(user, "POST /completion/async"), 1);
    },
  },
  {
    id: "text: break ends a stream's wait, and output rejects with an AbortError",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.script(user, { match: "long", fragments: ["a ", "b ", "c ", "d "], delayMs: 200 });
      const stream = flowith.generateStream("long story");
      for await (const chunk of stream) {
        assert.isNotEmpty(chunk.textDelta);
        break;
      }
      const error = await rejection(stream.output);
      assert.propertyVal(error, "name", "AbortError");
    },
  },
  {
    id: "text: the caller's signal ends both sides of a stream with its own reason",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.script(user, { match: "long", fragments: ["a ", "b ", "c "], delayMs: 300 });
      const controller = new AbortController();
      const reason = new Error("changed my mind");
      const stream = flowith.generateStream("long story", { signal: controller.signal });
      const read = async (): Promise<void> => {
        for await (const _ of stream) controller.abort(reason);
      };
      assert.strictEqual(await rejection(read()), reason);
      assert.strictEqual(await rejection(stream.output), reason);
    },
  },
  {
    id: "text: a stream and its client can be disposed of, by compiled code as well where the engine cannot",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.script(user, { match: "slow", reply: "late", firstEventMs: 15_000 });
      const known: symbol | undefined = Symbol.asyncDispose;
      // Where there is no such symbol, what esbuild, Babel and SWC make of `await using` looks under this one.
      const dispose = (what: object): unknown =>
        Reflect.get(what, known ?? Symbol.for("Symbol.asyncDispose")).call(what);
      const stream = flowith.generateStream("slow");
      const cancelled = rejection(stream.output);
      await dispose(stream);
      assert.propertyVal(await cancelled, "name", "AbortError");
      const closed = rejection(flowith.generate("slow"));
      await dispose(flowith);
      assert.propertyVal(await closed, "name", "AbortError");
    },
  },
  {
    id: "text: a stream can be read once only",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const stream = flowith.generateStream("Hello");
      for await (const _ of stream);
      assert.throws(() => stream[Symbol.asyncIterator](), /once/);
    },
  },
  {
    id: "text: a stream is a web stream as well",
    async run({ newClient }) {
      const { flowith } = await newClient();
      let text = "";
      const reader = flowith.generateStream("What is the capital of France?").readable().getReader();
      for (let step = await reader.read(); !step.done; step = await reader.read()) text += step.value.textDelta;
      assert.include(text, "Paris");
    },
  },
];
