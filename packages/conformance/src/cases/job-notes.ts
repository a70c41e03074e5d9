import { assert } from "chai";
import type { FlowithClient, JobHandle, JobOptions, JsonValue } from "flowith-webapi";
import type { ConformanceCase } from "../conformance-case.ts";
import { memoryJobStore } from "../memory-store.ts";
import { rejection } from "../rejection.ts";

const LABEL = "Headline of the spring issue 🌷";
const metadata = { article: 17, tags: ["spring", null, true], "an odd \u2028key": { deep: [0.5, "", {}, []] } };
const note = { label: LABEL, metadata };

type Note = Pick<JobOptions, "label" | "metadata" | "onSubmit">;

/** Every verb that makes something, those of a conversation too. */
function everyVerb(flowith: FlowithClient, options: Note): [string, () => Promise<unknown>][] {
  const session = flowith.startConversation();
  return [
    ["generate", () => flowith.generate("Hello", options)],
    ["generate", async () => flowith.generateStream("Hello", options).output],
    ["generateImage", () => flowith.generateImage("A boat", options)],
    ["generateVideo", () => flowith.generateVideo("A boat", options)],
    ["submitText", () => flowith.submitText("Hello", options)],
    ["submitImage", () => flowith.submitImage("A boat", options)],
    ["submitVideo", () => flowith.submitVideo("A boat", options)],
    ["session.send", () => session.send("Hello", options)],
    ["session.sendStream", async () => session.sendStream("Hello", options).output],
    ["session.generateImage", () => session.generateImage("A boat", options)],
    ["session.generateVideo", () => session.generateVideo("A boat", options)],
  ];
}

function holdingItself(): object {
  const value: { self?: object } = {};
  value.self = [value];
  return value;
}

class Point {
  x = 1;
}

const badMetadata: [unknown, RegExp][] = [
  [holdingItself(), /not an object that holds itself at self\[0\]\.$/],
  [{ list: [1, () => 1] }, /not a function at list\[1\]\.$/],
  [{ a: { b: undefined } }, /not undefined at a\.b\.$/],
  [{ big: 1n }, /not a bigint at big\.$/],
  [[Number.NaN], /not NaN at \[0\]\.$/],
  [Number.POSITIVE_INFINITY, /not Infinity\.$/],
  [{ at: new Date() }, /not an instance of Date at at\.$/],
  [{ "the point": new Point() }, /not an instance of Point at \["the point"\]\.$/],
  [new Map(), /not an instance of Map\.$/],
  [{ half: "\ud83d" }, /not half a surrogate pair at half\.$/],
  [{ "\udf37": 1 }, /not a key with half a surrogate pair\.$/],
  [{ a: { toJSON: () => 1 } }, /not an object with toJSON\(\) at a\.$/],
  [{ [Symbol("id")]: 1 }, /not an object with a symbol for a key\.$/],
  [Symbol("id"), /not a symbol\.$/],
  [{ text: "é".repeat(2_048) }, /Expected at most 4096 bytes as JSON\.$/],
];

export const jobNoteCases: ConformanceCase[] = [
  {
    id: "jobs: a label and metadata are in the handle, whatever the verb, and are never sent",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const kinds: string[] = [];
      const onSubmit = (handle: JobHandle): void => {
        assert.deepInclude(handle, { v: 1, ...note });
        kinds.push(handle.kind);
      };
      const verbs = everyVerb(flowith, { ...note, onSubmit });
      const results = await Promise.all(verbs.map(([, call]) => call()));
      assert.sameMembers(kinds, [
        ...Array<string>(5).fill("text"),
        ...["image", "image", "image", "video", "video", "video"],
      ]);
      for (const job of results.slice(4, 7)) assert.deepInclude(Object(job).handle, note);
      assert.notMatch(JSON.stringify(await control.journal(user)), /spring|odd/);
    },
  },
  {
    id: "jobs: a store keeps label and metadata, and whoever takes a job up has them",
    async run({ newClient, createClient, control }) {
      const jobStore = memoryJobStore();
      const { flowith, user } = await newClient({ jobStore });
      await control.script(user, { match: "slow", reply: "Here it is.", firstEventMs: 1_000 });
      const { handle } = await flowith.submitText("slow", note);
      await flowith.submitText("slow");
      flowith.close();
      const after = createClient({ token: user.token, jobStore });
      const pending = await after.jobs.pending();
      assert.lengthOf(pending, 2);
      const labelled = pending.find((job) => job.handle.label === LABEL);
      assert.deepEqual(labelled?.handle, { ...handle, ...note });
      const plain = pending.find((job) => job !== labelled);
      assert.notProperty(plain?.handle, "label");
      assert.notProperty(plain?.handle, "metadata");
      const resumed = after.resume(JSON.parse(JSON.stringify(labelled)));
      assert.deepInclude(resumed.toJSON(), note);
      assert.equal(String(await resumed.wait()), "Here it is.");
    },
  },
  {
    id: "jobs: a label or metadata that would not be kept as it is is refused before any request, with its place",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      for (const [value, words] of badMetadata) {
        const options: object = { metadata: value };
        const error = await rejection(flowith.generate("Hello", options));
        assert.propertyVal(error, "name", "InvalidArgumentError");
        assert.match(String(error), words);
        assert.match(String(error), /generate: option "metadata": Expected /);
      }
      for (const label of [1, null, "x".repeat(201), "🌷".repeat(201), "\ud83d", "a\0b", {}]) {
        const options: object = { label, images: [new Blob(["x"])] };
        for (const [verb, call] of everyVerb(flowith, options)) {
          if (/video/i.test(verb)) continue;
          const error = await rejection(Promise.resolve().then(call));
          assert.propertyVal(error, "name", "InvalidArgumentError");
          assert.include(String(error), `${verb}: option "label": Expected `);
        }
      }
      const images = { metadata: badMetadata[0]?.[0] };
      for (const [verb, call] of everyVerb(flowith, Object(images)))
        assert.include(String(await rejection(Promise.resolve().then(call))), `${verb}: option "metadata": `);
      assert.isEmpty(await control.journal(user));
      const direct: object = { direct: true, label: "x" };
      assert.match(String(await rejection(flowith.generate("x", direct))), /direct excludes label/);
    },
  },
  {
    id: "jobs: a label of 200 characters and metadata of 4 KiB are kept, and so is any value of JSON",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const values: JsonValue[] = ["é".repeat(2_047), null, false, 0, "", [], { a: { b: [[]] } }, [1, "two", null]];
      const label = "🌷".repeat(200);
      for (const value of values) {
        let handle: JobHandle | undefined;
        const onSubmit = (own: JobHandle): never => {
          handle = own;
          throw new Error("that is enough");
        };
        await rejection(flowith.generate("Hello", { label, metadata: value, onSubmit }));
        assert.deepInclude(JSON.parse(JSON.stringify(handle)), { label, metadata: value });
      }
    },
  },
  {
    id: "jobs: label and metadata are as they were at the call, however late the job begins",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const handles: JobHandle[] = [];
      const onSubmit = (handle: JobHandle): void => void handles.push(handle);
      const options = { label: "first", metadata: { count: 1 }, onSubmit };
      const session = flowith.startConversation();
      const stream = flowith.generateStream("Hello", options);
      const turn = session.sendStream("Hello", options);
      const others = [flowith.generate("Hello", options), session.send("Hello", options)];
      others.push(session.generateImage("A boat", options).then(() => flowith.generate("Hello")));
      options.label = "changed";
      options.metadata.count = 2;
      await Promise.all([...others, stream.output, turn.output]);
      assert.lengthOf(handles, 5);
      for (const handle of handles) assert.deepInclude(handle, { label: "first", metadata: { count: 1 } });
    },
  },
  {
    id: "jobs: label and metadata are neither in an error's JSON, nor in what toResponse sends, nor in log lines",
    async run({ newClient, control }) {
      const lines: unknown[] = [];
      const log = (...line: unknown[]): void => void lines.push(line);
      const logger = { debug: log, info: log, warn: log, error: log };
      const { flowith, user } = await newClient({ logger, logLevel: "debug" });
      await control.script(user, { match: "bad", fragments: ["a"], fail: { reason: "content_policy" } });
      const error = await rejection(flowith.generate("bad", note));
      assert.deepInclude(Object(error).handle, note);
      assert.notMatch(JSON.stringify(error), /spring/);
      const response = await flowith.generateStream("bad", note).toResponse();
      const text = await response.text();
      assert.match(text, /"handle":\{"v":1,"kind":"text"/);
      assert.notMatch(text, /spring/);
      assert.isNotEmpty(lines);
      assert.notMatch(JSON.stringify(lines), /spring/);
    },
  },
  {
    id: "jobs: a handle from outside is found without a label or metadata that is none",
    async run({ newClient, createClient }) {
      const { flowith, user } = await newClient();
      const { handle } = await flowith.submitText("What is the capital of Poland?");
      for (const junk of [
        { label: 5, metadata: "fine" },
        { label: "x".repeat(201), metadata: { at: new Date(0) } },
        { label: null, metadata: holdingItself() },
        { label: { toString: () => "x" }, metadata: () => 1 },
      ]) {
        const job = flowith.resume(Object({ ...handle, ...junk }));
        const kept = typeof junk.metadata === "string" ? { metadata: junk.metadata } : {};
        assert.deepEqual(job.handle, { ...handle, ...kept });
        const jobStore = { ...memoryJobStore(), list: async () => [Object({ ...handle, ...junk })] };
        const [pending] = await createClient({ token: user.token, jobStore }).jobs.pending();
        assert.deepEqual(pending?.handle, { ...handle, ...kept });
      }
      const given = { ...handle, metadata: { count: 1 } };
      const job = flowith.resume(given);
      given.metadata.count = 2;
      assert.deepEqual(job.handle.metadata, { count: 1 });
      assert.include(String(await job.wait()), "Warsaw");
    },
  },
  {
    id: "jobs: those of one kind can be asked for",
    async run({ newClient, createClient }) {
      const jobStore = memoryJobStore();
      const { flowith, user } = await newClient({ jobStore });
      await Promise.all([flowith.submitText("Hello"), flowith.submitImage("A boat"), flowith.submitVideo("A boat")]);
      flowith.close();
      const { jobs } = createClient({ token: user.token, jobStore });
      assert.lengthOf(await jobs.pending({ kind: undefined }), 3);
      const [video] = await jobs.pending({ kind: "video" });
      assert.match((await video?.wait())?.videoUrl ?? "", /^http/);
      const [image, ...others] = await jobs.pending({ kind: "image" });
      assert.isEmpty(others);
      assert.match((await image?.wait())?.image.url ?? "", /^http/);
      assert.isEmpty(await jobs.pending({ kind: "image" }));
      const unknown: object = { kind: "audio" };
      assert.match(String(await rejection(jobs.pending(unknown))), /option "kind": Expected .*"text".*, not "audio"/);
    },
  },
];
