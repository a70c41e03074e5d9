import { assert } from "chai";
import type { JobHandle, JobStore } from "flowith-webapi";
import type { CaseContext, ConformanceCase, TestClient } from "../conformance-case.ts";
import type { TestUser } from "../control.ts";
import { memoryJobStore } from "../memory-store.ts";
import { rejection } from "../rejection.ts";
import { rowsReadLater } from "../rows-read-later.ts";

/** No job of any kind may take longer. */
const LONGEST_MS = 900_000;

type Input =
  | { id: string; prompt: string; kind?: "text" | undefined }
  | { id: string; prompt: string; kind: "image" | "video" };

async function posts({ control }: CaseContext, user: TestUser): Promise<string[]> {
  const routes = ["POST /completion/async", "POST /image_gen/async", "POST /video/async"];
  const entries = await Promise.all(routes.map((route) => control.journal(user, route)));
  return entries.flat().map(({ body }) => String(JSON.parse(body ?? "{}").nodeId));
}

/** How each ended, by its id: `resumed`, `started`, or the error. */
async function run(
  flowith: TestClient,
  inputs: Iterable<Input>,
  resumeFrom: JobStore,
): Promise<Record<string, string>> {
  const ends: Record<string, string> = {};
  for await (const result of flowith.generateMany(inputs, { resumeFrom })) {
    const { id } = result.input;
    if (result.status === "fulfilled") ends[id] = result.resumed ? "resumed" : "started";
    else ends[id] = result.status === "rejected" ? String(result.error) : result.status;
  }
  return ends;
}

/** What is in the store when the process ends around the post: nothing is taken back or noted any more. */
function storeOfKilled(): JobStore & { handles: Map<string, JobHandle> } {
  const memory = memoryJobStore();
  return {
    ...memory,
    put: async (handle) => {
      if (!memory.handles.has(handle.userNodeId)) await memory.put(handle);
    },
    delete: async () => undefined,
  };
}

const ofEachKind: Input[] = [
  { id: "a", prompt: "Say number 1" },
  { id: "b", prompt: "A boat", kind: "image" },
  { id: "c", prompt: "A boat that sails", kind: "video" },
];

const slowOfEachKind: Input[] = [
  { id: "a", prompt: "slow text" },
  { id: "b", prompt: "slow image", kind: "image" },
  { id: "c", prompt: "slow video", kind: "video" },
];

/** A run whose client is closed as soon as something holds, which it does before any has ended. */
async function killedOnce(
  flowith: TestClient,
  inputs: Iterable<Input>,
  resumeFrom: JobStore,
  holds: () => Promise<boolean>,
): Promise<void> {
  const first = rejection(flowith.generateMany(inputs, { resumeFrom }).next());
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
  flowith.close();
  assert.propertyVal(await first, "name", "AbortError");
}

/** A later run of the same inputs, in another client: what was paid for is found. */
export const manyResumedCases: ConformanceCase[] = [
  {
    id: "jobs: many that have ended are given again from their rows, and posted once",
    async run(context) {
      const { flowith, user } = await context.newClient();
      const store = memoryJobStore();
      assert.deepEqual(await run(flowith, ofEachKind, store), { a: "started", b: "started", c: "started" });
      flowith.close();
      const after = context.createClient({ token: user.token, jobStore: store });
      const more: Input[] = [...ofEachKind, { id: "d", prompt: "Say number 4" }];
      const ends = await run(after, more, store);
      assert.deepEqual(ends, { a: "resumed", b: "resumed", c: "resumed", d: "started" });
      assert.lengthOf(await posts(context, user), 4);
      for (const handle of store.handles.values()) assert.isNumber(handle.endedAtMs);
      assert.sameMembers(
        Array.from(store.handles.values(), ({ batchId }) => batchId),
        ["a", "b", "c", "d"],
      );
      assert.isEmpty(await after.jobs.pending());
    },
  },
  {
    id: "jobs: many that were under way when their loop was left are waited for, and posted once",
    async run(context) {
      const { flowith, user } = await context.newClient();
      const store = memoryJobStore();
      await context.control.script(user, { match: "slow", reply: "Here it is.", firstEventMs: 12_000 });
      const inputs = slowOfEachKind;
      await killedOnce(flowith, inputs, store, async () => {
        const handles = await store.list();
        return handles.filter(({ postedAtMs }) => postedAtMs !== undefined).length === inputs.length;
      });
      const after = context.createClient({ token: user.token });
      assert.deepEqual(await run(after, inputs, store), { a: "resumed", b: "resumed", c: "resumed" });
      assert.lengthOf(await posts(context, user), 3);
    },
  },
  {
    id: "jobs: of many, one that was taken is not posted again, though nothing is seen of it for long",
    async run(context) {
      const { flowith, user } = await context.newClient();
      const store = memoryJobStore();
      await context.control.fault(user, { type: "keep-init" });
      await context.control.script(user, { match: "slow", reply: "Here it is.", firstEventMs: 14_000 });
      const inputs: Input[] = [{ id: "a", prompt: "slow text" }];
      await killedOnce(flowith, inputs, store, async () => (await store.list())[0]?.postedAtMs !== undefined);
      assert.deepEqual(await run(context.createClient({ token: user.token }), inputs, store), { a: "resumed" });
      assert.lengthOf(await posts(context, user), 1);
    },
  },
  {
    id: "jobs: of many, one that failed is started anew by the next run, and a run that fails leaves nothing behind",
    async run(context) {
      const { flowith, user } = await context.newClient();
      const store = memoryJobStore();
      await context.control.script(user, { match: "number 1", count: 2, fail: { reason: "provider_error" } });
      const inputs: Input[] = [{ id: "a", prompt: "Say number 1" }];
      assert.match((await run(flowith, inputs, store)).a ?? "", /JobFailedError/);
      assert.equal(store.handles.size, 0);
      // The process may end before the handle is gone.
      const killed = storeOfKilled();
      assert.match((await run(flowith, inputs, killed)).a ?? "", /JobFailedError/);
      assert.equal(killed.handles.size, 1);
      const [failed] = killed.handles.values();
      assert.isDefined(failed);
      if (failed !== undefined) await store.put(failed);
      assert.deepEqual(await run(flowith, inputs, store), { a: "started" });
      assert.deepEqual(
        Array.from(store.handles.values(), ({ userNodeId }) => userNodeId === failed?.userNodeId),
        [false],
      );
      assert.lengthOf(await posts(context, user), 3);
    },
  },
  {
    id: "jobs: of many, a text that was handed out and never posted is posted under its node; media are once they are old",
    async run(context) {
      const { flowith, user } = await context.newClient();
      const store = storeOfKilled();
      const killed = {
        ...store,
        put: async (handle: JobHandle) => {
          await store.put(handle);
          throw new Error("the process ends here");
        },
      };
      const ends = await run(flowith, ofEachKind, killed);
      for (const end of Object.values(ends)) assert.match(end, /^JobStoreError: .*not posted/);
      assert.isEmpty(await posts(context, user));
      const later = memoryJobStore();
      for (const handle of store.handles.values()) await later.put(handle);
      const middleware = [rowsReadLater(() => LONGEST_MS + 1_000)];
      const after = context.createClient({ token: user.token, middleware });
      assert.deepEqual(await run(after, ofEachKind, later), { a: "resumed", b: "started", c: "started" });
      const posted = await posts(context, user);
      assert.lengthOf(posted, 3);
      const text = [...store.handles.values()].find(({ kind }) => kind === "text");
      assert.include(posted, text?.nodeId);
      assert.equal(later.handles.size, 3);
    },
  },
  {
    id: "jobs: of many, one whose process ended before the post was answered is found, and posted once",
    async run(context) {
      const { flowith, user } = await context.newClient();
      const killed = storeOfKilled();
      await context.control.script(user, { match: "slow", reply: "Here it is.", firstEventMs: 5_000 });
      const inputs = slowOfEachKind;
      await killedOnce(flowith, inputs, killed, async () => (await posts(context, user)).length === inputs.length);
      for (const handle of killed.handles.values()) assert.isUndefined(handle.postedAtMs);
      const after = context.createClient({ token: user.token });
      assert.deepEqual(await run(after, inputs, killed), { a: "resumed", b: "resumed", c: "resumed" });
      assert.lengthOf(await posts(context, user), 3);
    },
  },
  {
    id: "jobs: of many, an id that stands for another kind, model or prompt is refused, and posted once",
    async run(context) {
      const { flowith, user } = await context.newClient();
      const store = memoryJobStore();
      const first = { id: "a", prompt: "Say number 1", model: "gemini-3.1-pro-preview" };
      assert.deepEqual(await run(flowith, [first], store), { a: "started" });
      const refused: [Input, RegExp][] = [
        [
          { ...first, kind: "image" },
          /InvalidArgumentError: .*the id "a".* the kind text, not image\. .*delete\("[\da-f-]{36}"\)/,
        ],
        [
          Object({ ...first, model: "gpt-4.1-nano" }),
          /InvalidArgumentError: .*the model gemini-3.1-pro-preview, not gpt-4.1-nano/,
        ],
        [{ ...first, prompt: "Say number 2" }, /InvalidArgumentError: .*another prompt/],
      ];
      for (const [input, message] of refused) {
        // In a page that was not served by https: there is no digest to tell by.
        if (input.prompt !== first.prompt && globalThis.crypto.subtle === undefined) continue;
        assert.match((await run(flowith, [input], store)).a ?? "", message);
      }
      assert.deepEqual(await run(flowith, [{ id: "a", prompt: first.prompt }], store), { a: "resumed" });
      assert.lengthOf(await posts(context, user), 1);
      assert.notInclude(JSON.stringify([...store.handles.values()]), "Say number");
    },
  },
  {
    id: "jobs: of many, one that has ended and whose row is gone is told of at once, and not paid for again",
    async run(context) {
      const { flowith, user } = await context.newClient();
      const store = memoryJobStore();
      await run(flowith, ofEachKind, store);
      for (const handle of await store.list()) {
        await store.delete(handle.userNodeId);
        await store.put({ ...handle, nodeId: crypto.randomUUID(), userNodeId: crypto.randomUUID() });
      }
      const ends = await run(flowith, ofEachKind, store);
      for (const end of Object.values(ends)) assert.match(end, /NotFoundError: .*ended with a result.*discard/);
      assert.lengthOf(await posts(context, user), 3);
    },
  },
  {
    id: "jobs: many keep their handles in a slow store in the right order, in place of the client's own",
    async run(context) {
      const jobStore = memoryJobStore();
      const { flowith, user } = await context.newClient({ jobStore });
      const memory = memoryJobStore();
      // As a key-value store across a network: what is sent first may arrive last.
      let delayMs = 300;
      const late = async (): Promise<void> => {
        delayMs = Math.max(0, delayMs - 100);
        await new Promise((resolve) => setTimeout(resolve, delayMs));
      };
      const slow: JobStore = {
        put: async (handle) => {
          await late();
          await memory.put(handle);
        },
        delete: async (id) => {
          await late();
          await memory.delete(id);
        },
        list: async () => {
          await late();
          return memory.list();
        },
      };
      assert.deepEqual(await run(flowith, [{ id: "a", prompt: "Say number 1" }], slow), { a: "started" });
      while ([...memory.handles.values()].some(({ endedAtMs }) => endedAtMs === undefined))
        await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal(jobStore.handles.size, 0);
      assert.deepEqual(await run(flowith, [{ id: "a", prompt: "Say number 1" }], slow), { a: "resumed" });
      assert.lengthOf(await posts(context, user), 1);
    },
  },
  {
    id: "jobs: one of many that is waited for as a pending job is still there for the next run; another user's is not",
    async run(context) {
      const { flowith, user } = await context.newClient();
      const store = memoryJobStore();
      await context.control.script(user, { match: "slow", reply: "Here it is.", firstEventMs: 12_000 });
      const inputs: Input[] = [{ id: "a", prompt: "slow text" }];
      await killedOnce(flowith, inputs, store, async () => (await posts(context, user)).length === 1);
      const after = context.createClient({ token: user.token, jobStore: store });
      const [job, ...others] = await after.jobs.pending();
      assert.lengthOf(others, 0);
      assert.equal(String(await job?.wait()), "Here it is.");
      assert.isEmpty(await after.jobs.pending());
      assert.deepEqual(await run(after, inputs, store), { a: "resumed" });
      assert.lengthOf(await posts(context, user), 1);
      const { flowith: stranger } = await context.newClient();
      assert.deepEqual(await run(stranger, inputs, store), { a: "started" });
    },
  },
];
