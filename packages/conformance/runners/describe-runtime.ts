import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, it } from "vitest";
import type { CaseResult } from "../src/index.ts";
import { expectPassed } from "./expect-passed.ts";
import { isLeftOut } from "./left-out.ts";
import { selectedCases } from "./selected-cases.ts";

/** Runs all cases in a runtime, telling of each result. */
export type RunAll = (emulatorUrl: string, onResult: (result: CaseResult) => void) => Promise<void>;

/** States that all cases hold in a runtime, but for those that are left out there with a reason. @param isMissing skips it */
export function describeRuntime(runtime: string, runAll: RunAll, isMissing: boolean = false): void {
  describe.skipIf(isMissing)(`in ${runtime}`, () => {
    let emulator: Emulator;
    const results = new Map<string, CaseResult>();

    beforeAll(async () => {
      // Without replay, as the live service may be: what is sent while nobody listens is gone.
      emulator = await startEmulator({ replay: false });
      await runAll(emulator.url, (result) => results.set(result.id, result));
    }, 600_000);

    afterAll(() => emulator.close());

    it.for(selectedCases.map(({ id }) => id).filter((id) => !isLeftOut(runtime, id)))("%s", (id, { task }) => {
      expectPassed(results.get(id), task.meta);
    });
  });
}
