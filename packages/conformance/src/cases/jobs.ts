import { assert } from "chai";
import type { CaseContext, ConformanceCase } from "../conformance-case.ts";
import { memoryJobStore } from "../memory-store.ts";
import { rejection } from "../rejection.ts";

/** A handle as it comes out of a database. */
function throughJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}

async function answerLost(
  { newClient, control }: CaseContext,
  fault: { type: string; status?: number },
): Promise<void> {
  const { flowith, user } = await newClient();
  await control.fault(user, { ...fault, when: "after", route: "POST /completion/async" });
  assert.include((await flowith.generate("What is the capital of Poland?")).text, "Warsaw");
  assert.lengthOf(await control.journal(user, "POST /completion/async"), 1);
}

export const jobCases: ConformanceCase[] = [
  {
    id: "jobs: each kind is submitted here and waited for by another client",
    async run({ newClient, createClient }) {
      const { flowith, user } = await newClient();
      const text = throughJson(await flowith.submitText("What is the capital of Poland?"));
      const image = throughJson(await flowith.submitImage("A boat"));
      const video = throughJson(await flowith.submitVideo("A boat that sails"));
      flowith.close();
      const other = createClient({ token: user.token });
      const results = await Promise.all([
        other.resume(Object(text)).wait(),
        other.resume(Object(image)).wait(),
        other.resume(Object(video)).wait(),
      ]);
      assert.include(String(results[0]), "Warsaw");
      assert.match(Object(results[1]).image.url, /^http/);
      assert.match(Object(results[2]).videoUrl, /^http/);
    },
  },
  {
    id: "jobs: status tells how a job stands, without waiting",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.script(user, { match: "slow", fragments: ["a", "b"], firstEventMs: 9_000 });
      const job = await flowith.submitText("slow");
      assert.equal((await job.status()).state, "waiting");
      await job.wait();
      assert.deepInclude(await job.status(), { state: "done" });
      await control.script(user, { match: "bad", fail: { reason: "content_policy" } });
      const failed = await flowith.submitText("bad");
      await rejection(failed.wait());
      assert.deepInclude(await failed.status(), { state: "failed" });
      const nowhere = { ...failed.handle, nodeId: crypto.randomUUID() };
      assert.equal((await flowith.resume(nowhere).status()).state, "unknown");
    },
  },
  {
    id: "jobs: another user's handle is refused, and so is what is none",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const { flowith: stranger } = await newClient();
      const job = await flowith.submitText("Hello");
      const taken = stranger.resume(job.toJSON());
      assert.propertyVal(await rejection(taken.wait()), "name", "InvalidArgumentError");
      assert.propertyVal(await rejection(taken.status()), "name", "InvalidArgumentError");
      assert.throws(() => flowith.resume(Object({ nodeId: "x),or(id.eq.1" })), /no job handle/);
    },
  },
  {
    id: "jobs: the store has the handle before the post, and loses it with the result",
    async run({ newClient, control }) {
      const jobStore = memoryJobStore();
      const { flowith, user } = await newClient({ jobStore });
      let stored = 0;
      const onSubmit = (): void => {
        stored = jobStore.handles.size;
      };
      await flowith.generate("Hello", { onSubmit });
      assert.equal(stored, 1);
      assert.equal(jobStore.handles.size, 0);
      await control.fault(user, { type: "status", status: 402, route: "POST /completion/async" });
      await rejection(flowith.generate("Hello"));
      assert.equal(jobStore.handles.size, 0);
    },
  },
  {
    id: "jobs: what a crash left behind is pending, and is found",
    async run({ newClient, createClient, control }) {
      const jobStore = memoryJobStore();
      const { flowith, user } = await newClient({ jobStore });
      await control.script(user, { match: "slow", reply: "Here it is.", firstEventMs: 1_000 });
      const controller = new AbortController();
      await rejection(
        flowith.generate("slow", {
          signal: controller.signal,
          onProgress: ({ phase }) => phase === "submitted" && controller.abort(),
        }),
      );
      flowith.close();
      const after = createClient({ token: user.token, jobStore });
      const [job, ...others] = await after.jobs.pending();
      assert.lengthOf(others, 0);
      assert.equal(String(await job?.wait()), "Here it is.");
      assert.lengthOf(await after.jobs.pending(), 0);
    },
  },
  {
    id: "jobs: a wait ends with the client, however early that is closed",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.script(user, { match: "slow", fragments: ["a", "b"], delayMs: 20_000 });
      const job = await flowith.submitText("slow");
      for (let turns = 0; turns < 12; turns++) {
        const waiting = rejection(job.wait({ timeout: { totalMs: 3_000 } }));
        for (let turn = 0; turn < turns; turn++) await Promise.resolve();
        flowith.close();
        assert.propertyVal(await waiting, "name", "AbortError");
      }
    },
  },
  {
    id: "jobs: one that is old and has ended is done, however long ago",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const job = await flowith.submitText("What is the capital of Poland?");
      await job.wait();
      const old = flowith.resume({ ...job.handle, createdAtMs: 0 });
      assert.deepInclude(await old.status(), { state: "done" });
      assert.include(String(await old.wait()), "Warsaw");
    },
  },
  {
    id: "jobs: what fails, or is given up, before its post is not pending",
    async run({ newClient, control }) {
      const jobStore = memoryJobStore();
      const { flowith, user } = await newClient({ jobStore });
      await rejection(
        flowith.generate("Hello", {
          onSubmit: () => {
            throw new Error("no room in the database");
          },
        }),
      );
      const controller = new AbortController();
      await rejection(flowith.generate("Hello", { signal: controller.signal, onSubmit: () => controller.abort() }));
      assert.equal(jobStore.handles.size, 0);
      assert.isEmpty(await control.journal(user, "POST /completion/async"));
    },
  },
  {
    id: "jobs: one that has ended is not pending, though its store is slow to delete",
    async run({ newClient }) {
      const memory = memoryJobStore();
      let deleted = (): void => undefined;
      const slow = new Promise<void>((resolve) => {
        deleted = resolve;
      });
      const jobStore = { ...memory, delete: async (id: string) => void (await slow.then(() => memory.delete(id))) };
      const { flowith } = await newClient({ jobStore });
      await flowith.generate("Hello");
      assert.equal(memory.handles.size, 1);
      assert.isEmpty(await flowith.jobs.pending());
      deleted();
    },
  },
  {
    id: "jobs: what a store lists and is no handle hides none of those that are",
    async run({ newClient, createClient }) {
      const { flowith, user } = await newClient();
      const { handle } = await flowith.submitText("What is the capital of Poland?");
      const foreign: unknown[] = [
        null,
        "x",
        {},
        { ...handle, v: 2 },
        { ...handle, kind: "audio" },
        { ...handle, nodeId: 1 },
      ];
      const handles = JSON.parse(JSON.stringify([...foreign, handle]));
      const jobStore = { ...memoryJobStore(), list: () => Promise.resolve(handles) };
      const pending = await createClient({ token: user.token, jobStore }).jobs.pending();
      assert.deepEqual(
        pending.map((job) => job.handle),
        [handle],
      );
    },
  },
  {
    id: "jobs: a handle whose user stands in capitals is the same user's",
    async run({ newClient, createClient }) {
      const { flowith, user } = await newClient();
      const { handle } = await flowith.submitText("What is the capital of Poland?");
      const jobStore = memoryJobStore();
      await jobStore.put({ ...handle, userId: handle.userId.toUpperCase() });
      const [job] = await createClient({ token: user.token, jobStore }).jobs.pending();
      assert.include(String(await job?.wait()), "Warsaw");
    },
  },
  {
    id: "jobs: the limit of a job that is submitted names the verb that was called",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      for (const route of ["/completion/async", "/image_gen/async", "/video/async"]) {
        await control.fault(user, { type: "delay", ms: 5_000, count: 0, route: `POST ${route}` });
      }
      const timeout = { totalMs: 700, connectMs: 0 };
      const errors = await Promise.all([
        rejection(flowith.submitText("Hello", { timeout })),
        rejection(flowith.submitImage("A boat", { timeout })),
        rejection(flowith.submitVideo("A boat", { timeout })),
        rejection(flowith.generateImage("A boat", { timeout })),
      ]);
      const verbs = errors.map((error) => /^TimeoutError: (\w+): /.exec(String(error))?.[1]);
      assert.deepEqual(verbs, ["submitText", "submitImage", "submitVideo", "generateImage"]);
    },
  },
  {
    id: "jobs: a post that was answered by a 500 is not repeated where it had arrived",
    run: (context) => answerLost(context, { type: "status", status: 500 }),
  },
  {
    id: "jobs: a post whose answer was lost is not repeated where it had arrived",
    run: (context) => answerLost(context, { type: "disconnect" }),
  },
  {
    id: "jobs: a post whose answer was lost is repeated once where it surely had no effect",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.fault(user, { type: "status", status: 502, route: "POST /completion/async" });
      assert.include((await flowith.generate("What is the capital of Poland?")).text, "Warsaw");
      const posts = await control.journal(user, "POST /completion/async");
      const ids = posts.map((post) => JSON.parse(post.body ?? "").nodeId);
      assert.lengthOf(posts, 2);
      assert.equal(ids[0], ids[1]);
    },
  },
  {
    id: "jobs: a video whose answer was lost is found under its prompt, whatever its node's id",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.fault(user, { type: "node-id" });
      await control.fault(user, { type: "disconnect", when: "after", route: "POST /video/async" });
      const output = await flowith.generateVideo("A cat on a beach");
      assert.match(output.videoUrl, /^http/);
      assert.lengthOf(await control.journal(user, "POST /video/async"), 1);
    },
  },
  {
    id: "text: a direct text is one request, keeps nothing, and streams",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.script(user, { match: "direct", fragments: ["<think>hm", "</think>One ", "two."], delayMs: 30 });
      const stream = flowith.generateStream("direct please", { direct: true });
      let joined = "";
      for await (const chunk of stream) joined += chunk.textDelta;
      const output = await stream.output;
      assert.equal(joined, "One two.");
      assert.deepInclude(output, { text: "One two.", reasoning: "hm" });
      assert.lengthOf(await control.journal(user), 1);
    },
  },
  {
    id: "text: a direct text whose body breaks is a truncation with what had come",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.script(user, { match: "direct", fragments: ["One ", "two ", "three."], delayMs: 100 });
      await control.fault(user, { type: "cut", afterEvents: 2, route: "POST /completion" });
      const error = await rejection(flowith.generate("direct please", { direct: true }));
      assert.propertyVal(error, "name", "StreamTruncatedError");
      // A platform may drop what it had not read yet when the connection breaks.
      assert.include(["One ", "One two "], Reflect.get(Object(error), "partial"));
    },
  },
  {
    id: "text: a direct text that stays silent ends at its limit; options that need rows are refused",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const refused = await rejection(flowith.generate("x", { direct: true, convId: crypto.randomUUID() }));
      assert.match(String(refused), /direct excludes convId/);
      await control.script(user, { match: "slow", fragments: ["One ", "two "], delayMs: 20_000 });
      const silent = await rejection(flowith.generate("slow", { direct: true, timeout: { idleMs: 400 } }));
      assert.deepInclude(silent, { name: "TimeoutError", phase: "idle", partial: "One " });
    },
  },
  {
    id: "text: a direct text may think for longer than a connection may take",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.script(user, { match: "think", reply: "One.", firstEventMs: 4_000 });
      const { text } = await flowith.generate("think", { direct: true, timeout: { connectMs: 2_000 } });
      assert.equal(text, "One.");
      const timeout = { connectMs: 2_000, firstEventMs: 1_000 };
      const late = await rejection(flowith.generate("think", { direct: true, timeout }));
      assert.deepInclude(late, { name: "TimeoutError", phase: "first-event", limitMs: 1_000 });
    },
  },
  {
    id: "events: a change of the connection is told",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient({ events: { minDelayMs: 10, maxDelayMs: 10 } });
      const states: string[] = [];
      const stop = flowith.events.onConnection(({ channel, state }) => states.push(`${channel} ${state}`));
      // Long enough for events to come over the second connection: Firefox shows only with them that it is open.
      await control.script(user, { match: "cut", fragments: Array.from("abcdefgh"), delayMs: 500 });
      await control.fault(user, { type: "cut", afterEvents: 1, route: "/user_stream/stream" });
      await flowith.generate("cut it");
      stop();
      assert.deepEqual(states.slice(0, 5), [
        "stream connecting",
        "stream open",
        "stream closed",
        "stream connecting",
        "stream open",
      ]);
    },
  },
  {
    id: "text: a paused reader of one stream delays no other, and gets all it missed at once",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const fragments = Array.from({ length: 40 }, (_, index) => `${index} `);
      await control.script(user, { match: "many", fragments, delayMs: 10 });
      const paused = flowith.generateStream("many, paused")[Symbol.asyncIterator]();
      const first = await paused.next();
      const outputs = await Promise.all(Array.from({ length: 100 }, (_, index) => flowith.generate(`many ${index}`)));
      for (const output of outputs) assert.equal(output.text, fragments.join(""));
      let joined = first.value?.textDelta ?? "";
      let steps = 1;
      for (let step = await paused.next(); !step.done; step = await paused.next()) {
        joined += step.value.textDelta;
        steps++;
      }
      assert.equal(joined, fragments.join(""));
      assert.isBelow(steps, 5);
    },
  },
];
