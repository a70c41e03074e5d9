import { assert } from "chai";
import { ConflictError } from "flowith-webapi";
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
];
