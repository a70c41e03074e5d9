import { assert } from "chai";
import type { CaseContext, ConformanceCase } from "../conformance-case.ts";
import type { TestUser } from "../control.ts";
import { memoryJobStore } from "../memory-store.ts";
import { rejection } from "../rejection.ts";

async function posts({ control }: CaseContext, user: TestUser): Promise<number> {
  const routes = ["POST /completion/async", "POST /image_gen/async", "POST /video/async"];
  const entries = await Promise.all(routes.map((route) => control.journal(user, route)));
  return entries.flat().length;
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `Say number ${index}`);
}

/** The error of the only result. */
async function refusal(results: AsyncIterable<{ status: string }>): Promise<string> {
  const [result, ...others] = await all(results);
  assert.lengthOf(others, 0);
  assert.propertyVal(result, "status", "rejected");
  const error: unknown = Reflect.get(Object(result), "error");
  assert.propertyVal(error, "name", "InvalidArgumentError");
  return String(error);
}

export const manyCases: ConformanceCase[] = [
  {
    id: "jobs: many of several kinds at once, each with fields of the caller's own, which go nowhere",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const inputs = [
        "Say number 0",
        { prompt: "What is the capital of Poland?", model: "gemini-3.1-pro-preview", row: "own-field-1" },
        { kind: "image" as const, prompt: "A boat", aspectRatio: "16:9", row: "own-field-2" },
        { kind: "video" as const, prompt: "A boat that sails", row: "own-field-3", id: 7 },
      ];
      const ends: Record<string, string> = {};
      for await (const result of flowith.generateMany(inputs)) {
        assert.strictEqual(result.input, inputs[result.index]);
        if (result.status !== "fulfilled") assert.fail(JSON.stringify(result));
        assert.isFalse(result.resumed);
        if (result.kind === "text") ends[result.index] = result.output.text;
        else if (result.kind === "image") ends[`${result.index} ${result.input.row}`] = result.output.image.url;
        else ends[`${result.index} ${result.input.row}`] = result.output.videoUrl;
      }
      assert.match(ends["0"] ?? "", /number 0/);
      assert.match(ends["1"] ?? "", /Warsaw/);
      assert.match(ends["2 own-field-2"] ?? "", /^http/);
      assert.match(ends["3 own-field-3"] ?? "", /^http/);
      const sent = (await control.journal(user)).map(({ body }) => body).join();
      assert.notInclude(sent, "own-field");
      assert.include(sent, "gemini-3.1-pro-preview");
      assert.include(sent, "16:9");
    },
  },
  {
    id: "jobs: of many, one with a field that looks like a misspelt option is refused, and the others run",
    async run(context) {
      const { flowith, user } = await context.newClient();
      const wrong: [object, RegExp][] = [
        [{ modle: "x" }, /no option "modle"\. Did you mean model\?/],
        [{ aspect_ratio: "16:9", kind: "image" }, /Did you mean aspectRatio\?/],
        [{ system_prompt: "Be brief." }, /Did you mean system\?/],
        [{ duration: 5, kind: "video" }, /Did you mean durationSeconds\?/],
        [{ Kind: "image" }, /Did you mean kind\?/],
        [{ aspectRatio: "16:9" }, /"aspectRatio" is an option of kind image and video, and this input is of kind text/],
        [{ kind: "picture" }, /kind: Expected "text", "image" or "video"/],
        [{ prompt: 5 }, /the prompt must be a string/],
      ];
      for (const [fields, message] of wrong) {
        const given: object = { prompt: "A boat", ...fields };
        assert.match(await refusal(flowith.generateMany([given as { prompt: string }])), message);
      }
      assert.equal(await posts(context, user), 0);
      const mixed: object = { prompt: "Say number 0", modle: "x" };
      const states = await all(flowith.generateMany([mixed as { prompt: string }, "Say number 1"]));
      assert.sameMembers(
        states.map(({ index, status }) => `${index} ${status}`),
        ["0 rejected", "1 fulfilled"],
      );
    },
  },
  {
    id: "jobs: of many, none starts once the balance has fallen by maxCredits, and the rest of the list is skipped",
    async run(context) {
      const { flowith, user } = await context.newClient();
      const results = await all(flowith.generateMany(numbered(14), { concurrency: 1, maxCredits: 7 }));
      assert.deepEqual(
        results.map(({ status }) => status),
        [...Array(10).fill("fulfilled"), ...Array(4).fill("skipped")],
      );
      assert.deepInclude(results[13], { index: 13, input: "Say number 13", status: "skipped", reason: "maxCredits" });
      assert.equal(await posts(context, user), 10);
      assert.lengthOf(await context.control.journal(user, "GET /user/credits"), 3);
    },
  },
  {
    id: "jobs: of many, none starts where the balance cannot be had, and its error is the reason",
    async run(context) {
      const { flowith, user } = await context.newClient();
      await context.control.fault(user, { type: "status", status: 422, route: "GET /user/credits" });
      const results = await all(flowith.generateMany(numbered(3), { maxCredits: 5 }));
      for (const result of results) {
        assert.propertyVal(result, "status", "skipped");
        assert.propertyVal(Reflect.get(result, "reason"), "name", "ValidationError");
      }
      assert.lengthOf(results, 3);
      assert.equal(await posts(context, user), 0);
    },
  },
  {
    id: "jobs: of many, none starts after maxFailuresInARow, which a success counts anew",
    async run(context) {
      const { flowith, user } = await context.newClient();
      await context.control.script(user, { match: "bad", fail: { reason: "content_policy" } });
      const inputs = ["bad 0", "bad 1", "Say number 2", "bad 3", "bad 4", "bad 5", "Say number 6", "Say number 7"];
      const options = { concurrency: 1, maxFailuresInARow: 3 };
      const results = await all(flowith.generateMany(inputs, options));
      assert.deepEqual(
        results.map(({ status }) => status),
        ["rejected", "rejected", "fulfilled", "rejected", "rejected", "rejected", "skipped", "skipped"],
      );
      assert.deepInclude(results[7], { index: 7, reason: "maxFailuresInARow" });
    },
  },
  {
    id: "jobs: of many without an end, no more is read once nothing starts any more, even where the next never comes",
    async run(context) {
      const { flowith, user } = await context.newClient();
      await context.control.script(user, { match: "bad", fail: { reason: "content_policy" } });
      let read = 0;
      let isClosed = false;
      function* endless(): Generator<string> {
        try {
          // Endless enough; what reads on fails by what it has read.
          while (read < 1_000) yield `bad ${read++}`;
        } finally {
          isClosed = true;
        }
      }
      const results = await all(flowith.generateMany(endless(), { concurrency: 2, maxFailuresInARow: 3 }));
      assert.lengthOf(results, read, "each that was read has a result");
      assert.isBelow(read, 10);
      assert.isTrue(isClosed);
      async function* stuck(): AsyncGenerator<string> {
        yield "bad";
        await new Promise(() => undefined);
      }
      assert.deepEqual(
        (await all(flowith.generateMany(stuck(), { maxFailuresInARow: 1 }))).map(({ status }) => status),
        ["rejected"],
      );
    },
  },
  {
    id: "jobs: of many whose inputs fail midway, what was started has its results, and then comes the error",
    async run(context) {
      const { flowith, user } = await context.newClient();
      const bug = new Error("the inputs' own");
      async function* failing(prompts: string[]): AsyncGenerator<string> {
        yield* prompts;
        throw bug;
      }
      for (const concurrency of [1, 2, 4]) {
        const ends: string[] = [];
        const onEach = async (): Promise<void> => {
          for await (const { input, status } of flowith.generateMany(failing(numbered(4)), { concurrency }))
            ends.push(`${input} ${status}`);
        };
        assert.strictEqual(await rejection(onEach()), bug);
        assert.sameMembers(
          ends,
          numbered(4).map((prompt) => `${prompt} fulfilled`),
        );
      }
      assert.equal(await posts(context, user), 12);
      // Who aborts does not wait for them.
      await context.control.script(user, { match: "slow", firstEventMs: 60_000 });
      const controller = new AbortController();
      const aborted = rejection(all(flowith.generateMany(failing(["slow"]), { signal: controller.signal })));
      while ((await posts(context, user)) < 13) await new Promise((resolve) => setTimeout(resolve, 20));
      const reason = new Error("enough");
      controller.abort(reason);
      assert.strictEqual(await aborted, reason);
    },
  },
  {
    id: "jobs: many end with what a promise of onResult rejects with, that of the last result too",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const bug = new Error("bug in the callback");
      const onResult = async ({ index }: { index: number }): Promise<void> => {
        await new Promise((resolve) => setTimeout(resolve, 50));
        if (index === 1) throw bug;
      };
      for (const inputs of [numbered(2), numbered(6)]) {
        const error = await rejection(all(flowith.generateMany(inputs, { concurrency: 1, onResult })));
        assert.strictEqual(error, bug);
      }
    },
  },
  {
    id: "jobs: of many with resumeFrom, one without an id of its own, or direct, is refused before anything is posted for it",
    async run(context) {
      const { flowith, user } = await context.newClient();
      const resumeFrom = memoryJobStore();
      const noId = /resumeFrom needs an id in each input/;
      assert.match(await refusal(flowith.generateMany(["Say number 0"], { resumeFrom })), noId);
      for (const id of ["", null])
        assert.match(await refusal(flowith.generateMany([{ prompt: "Say number 0", id }], { resumeFrom })), noId);
      const rowNumber = { prompt: "Say number 0", id: 5 };
      assert.match(await refusal(flowith.generateMany([rowNumber], { resumeFrom })), /not the number 5\.$/);
      const direct = { prompt: "Say number 0", id: "a", direct: true };
      assert.match(await refusal(flowith.generateMany([direct], { resumeFrom })), /direct excludes resumeFrom/);
      const twice = [
        { prompt: "Say number 0", id: "a" },
        { prompt: "Say number 1", id: "a" },
      ];
      const results = await all(flowith.generateMany(twice, { resumeFrom }));
      assert.sameMembers(
        results.map(({ index, status }) => `${index} ${status}`),
        ["0 fulfilled", "1 rejected"],
      );
      assert.equal(await posts(context, user), 1);
      const broken = { ...resumeFrom, list: () => Promise.reject(new Error("no disk")) };
      const error = await rejection(all(flowith.generateMany(twice, { resumeFrom: broken })));
      assert.propertyVal(error, "code", "job_store");
      assert.match(String(Reflect.get(Object(error), "cause")), /no disk/);
      const noStore: object = { resumeFrom: {} };
      assert.match(
        String(await rejection(all(flowith.generateMany(twice, noStore)))),
        /"resumeFrom".*put, delete, list/,
      );
    },
  },
];
