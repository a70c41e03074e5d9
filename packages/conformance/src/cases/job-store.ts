import { assert } from "chai";
import { ConflictError, type JobHandle } from "flowith-webapi";
import type { ConformanceCase } from "../conformance-case.ts";
import { memoryJobStore } from "../memory-store.ts";
import { rejection } from "../rejection.ts";

/** What comes of a store of handles that fails. */
export const jobStoreCases: ConformanceCase[] = [
  {
    id: "jobs: a store that fails is a JobStoreError with the disk's word for it, and nothing is posted",
    async run({ newClient, control }) {
      for (const [code, isRetryable] of [
        ["ENOSPC", false],
        ["EMFILE", true],
      ] as const) {
        const cause = Object.assign(new Error(`${code}: open '/home/ann/jobs/x'`), { code });
        const fail = async (): Promise<never> => {
          throw cause;
        };
        const { flowith, user } = await newClient({ jobStore: { put: fail, delete: fail, list: fail } });
        const { flowith: other } = await newClient();
        const handle = await other.submitText("Hello");
        for (const work of [
          () => flowith.generate("Hello"),
          () => flowith.submitImage("A boat"),
          () => flowith.jobs.pending(),
          () => flowith.resume(handle.toJSON()).discard(),
        ]) {
          const error = await rejection(work());
          assert.deepInclude(error, { name: "JobStoreError", code: "job_store", isRetryable, cause });
          assert.include(String(error), `(${code})`);
          assert.notInclude(String(error), "/home/ann");
        }
        assert.isEmpty(await control.journal(user, "POST /completion/async"));
        assert.isEmpty(await control.journal(user, "POST /image_gen/async"));
      }
      const own = new ConflictError("mine", { status: 409, headers: new Headers(), body: undefined });
      const jobStore = { ...memoryJobStore(), put: () => Promise.reject(own) };
      assert.propertyVal(await rejection((await newClient({ jobStore })).flowith.generate("Hello")), "message", "mine");
    },
  },
  {
    id: "jobs: a store that lists anything but an array is a JobStoreError: no job is silently missing",
    async run({ newClient }) {
      for (const listed of [undefined, null, "", {}, new Map(), new Set([1]).values()]) {
        const list = async (): Promise<JobHandle[]> => listed as unknown as JobHandle[];
        const { flowith } = await newClient({ jobStore: { ...memoryJobStore(), list } });
        const error = await rejection(flowith.jobs.pending());
        assert.deepInclude(error, { name: "JobStoreError", code: "job_store", isRetryable: false });
        assert.match(String(error), /list\(\) gave no array of handles, but/);
        const resumeFrom = { ...memoryJobStore(), list };
        const results = flowith.generateMany([{ id: "one", prompt: "Hello" }], { resumeFrom });
        assert.propertyVal(await rejection(results.next()), "name", "JobStoreError");
      }
    },
  },
  {
    id: "jobs: a store that never answers is waited for as long as the call's limit and signal let it",
    async run({ newClient }) {
      const hang = (): Promise<never> => new Promise(() => undefined);
      const { flowith } = await newClient({ jobStore: { ...memoryJobStore(), list: hang } });
      const error = await rejection(flowith.jobs.pending({ timeout: { totalMs: 50 } }));
      assert.deepInclude(error, { name: "TimeoutError", phase: "total", limitMs: 50 });
      const controller = new AbortController();
      const reason = new Error("enough");
      const pending = rejection(flowith.jobs.pending({ signal: controller.signal }));
      controller.abort(reason);
      assert.equal(await pending, reason);
    },
  },
  {
    id: "jobs: what a store or onSubmit does to the handle that it is given changes nothing of the job",
    async run({ newClient }) {
      const spoil = (handle: JobHandle): void => {
        Object.assign(handle, { _id: 1, nodeId: crypto.randomUUID(), label: "another" });
        Object.assign(Object(handle.metadata), { article: 18 });
      };
      const jobStore = memoryJobStore();
      const put = async (handle: JobHandle): Promise<void> => {
        await jobStore.put(handle);
        spoil(handle);
      };
      const { flowith } = await newClient({ jobStore: { ...jobStore, put } });
      const metadata = { article: 17 };
      const seen: JobHandle[] = [];
      const onSubmit = (handle: JobHandle): void => {
        seen.push(structuredClone(handle));
        spoil(handle);
      };
      const job = await flowith.submitText("Say: whole", { label: "cover", metadata, onSubmit });
      const [kept] = jobStore.handles.values();
      assert.deepInclude(kept, { label: "cover", metadata: { article: 17 } });
      assert.deepEqual(seen, [kept]);
      assert.deepEqual(job.handle, kept);
      assert.equal(String(await job.wait()), "whole");
    },
  },
];
