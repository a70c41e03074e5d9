import { assert } from "chai";
import type { JobHandle, Middleware } from "flowith-webapi";
import type { ConformanceCase } from "../conformance-case.ts";
import { memoryJobStore } from "../memory-store.ts";
import { rejection } from "../rejection.ts";
import { rowsReadLater } from "../rows-read-later.ts";

const LIMITS_MS = { text: 600_000, image: 300_000, video: 900_000 };

/** Jobs whose process ended between the handing out of the handle and the post. */
export const unpostedCases: ConformanceCase[] = [
  {
    id: "jobs: one that was handed out and never posted is unposted once it is old, ends its wait at once, and is discarded",
    async run({ newClient, createClient, control }) {
      const { flowith, user } = await newClient();
      const handles: JobHandle[] = [];
      const onSubmit = (handle: JobHandle): never => {
        handles.push(handle);
        throw new Error("the process ends here");
      };
      await rejection(flowith.generate("Hello", { onSubmit }));
      await rejection(flowith.generateImage("A boat", { onSubmit }));
      await rejection(flowith.generateVideo("A boat", { onSubmit }));
      const jobStore = memoryJobStore();
      let passedMs = 0;
      const middleware = [rowsReadLater(() => passedMs)];
      const after = createClient({ token: user.token, jobStore, middleware });
      for (const old of handles) {
        passedMs = 0;
        assert.deepInclude(await after.resume(old).status(), { state: "waiting" });
        passedMs = LIMITS_MS[old.kind] + 1_000;
        await jobStore.put(old);
        const [job, ...others] = await after.jobs.pending();
        assert.lengthOf(others, 0);
        assert.deepInclude(await job?.status(), { state: "unposted" });
        const error = await rejection(job?.wait() ?? Promise.resolve());
        assert.deepInclude(error, { name: "JobFailedError", reason: "unposted", handle: old });
        assert.match(String(error), new RegExp(`${old.kind} job .*never posted.*discard`));
        assert.lengthOf(await after.jobs.pending(), 1, "the handle is kept");
        // A stream that was asked for by the wait may still arrive.
        const requests = async (): Promise<number> =>
          (await control.journal(user)).filter(({ path }) => !path.includes("/user_stream/")).length;
        const sent = await requests();
        await job?.discard();
        await job?.discard();
        await createClient({}).resume(old).discard();
        assert.equal(await requests(), sent, "no request");
        assert.lengthOf(await after.jobs.pending(), 0);
      }
      assert.lengthOf(handles, 3);
    },
  },
  {
    id: "jobs: what the clock of another machine said when it submitted one proves nothing",
    async run({ newClient, createClient }) {
      const { flowith, user } = await newClient();
      const handles: JobHandle[] = [];
      const onSubmit = (handle: JobHandle): never => {
        handles.push(handle);
        throw new Error("the process ends here");
      };
      const verbs = ["generate", "generateImage", "generateVideo"] as const;
      for (const verb of verbs) await rejection(flowith[verb]("A boat", { onSubmit }));
      const limits = Object.values(LIMITS_MS);
      const middleware = [rowsReadLater(() => Math.max(...limits) + 1_000)];
      const after = createClient({ token: user.token, middleware });
      const timeout = { totalMs: 2_500 };
      for (const createdAtMs of [0, Date.now() + 86_400_000, 1e300]) {
        const claims = handles.map((handle) => ({ ...handle, createdAtMs }));
        const young = claims.map(async (claim) => {
          assert.deepInclude(await flowith.resume(claim).status(), { state: "waiting" });
          if (createdAtMs === 0)
            assert.propertyVal(await rejection(flowith.resume(claim).wait({ timeout })), "name", "TimeoutError");
        });
        const old = claims.map(async (claim) => {
          assert.deepInclude(await after.resume(claim).status(), { state: "unposted" });
          assert.propertyVal(await rejection(after.resume(claim).wait()), "reason", "unposted");
        });
        await Promise.all([...young, ...old]);
      }
      assert.lengthOf(handles, 3);
    },
  },
  {
    id: "jobs: one whose row does not say how old it is, is not unposted",
    async run({ newClient }) {
      const silent: Middleware = async (request, next) => {
        const response = await next(request);
        const headers = new Headers(response.headers);
        headers.delete("date");
        return response.status === 200 ? new Response(response.body, { headers }) : response;
      };
      const { flowith } = await newClient({ middleware: [silent] });
      const handles: JobHandle[] = [];
      const onSubmit = (handle: JobHandle): never => {
        handles.push({ ...handle, createdAtMs: 0 });
        throw new Error("the process ends here");
      };
      await rejection(flowith.generateImage("A boat", { onSubmit }));
      for (const handle of handles) assert.deepInclude(await flowith.resume(handle).status(), { state: "waiting" });
      assert.lengthOf(handles, 1);
    },
  },
];
