import type { JobHandle } from "../errors/job-handle.ts";
import type { JobStore } from "./job-store.ts";

/** What a job of a batch is kept under, so that a later run of the batch finds it. */
export interface BatchEntry {
  /** The caller's name for it. */
  id: string;
  /** In place of the client's own. */
  store: JobStore;
  promptDigest: string | undefined;
  /**
   * Of an earlier process, which ended around the post: nobody knows whether the service has it. It is looked for as after
   * a lost answer, and posted once more under the same ids where there is no sign of it.
   */
  handle?: JobHandle | undefined;
  /** Called before it is posted once more. */
  onPostAgain?: (() => void) | undefined;
}
