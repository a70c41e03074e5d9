import type { Clock } from "../clock.ts";
import type { EventHub } from "../events/event-hub.ts";
import type { FileStore } from "../files/file-store.ts";
import type { TextModel } from "../model/text-model.ts";
import type { Settings } from "../settings.ts";
import type { Credits } from "../users/credits.ts";
import type { JobLog } from "./job-log.ts";
import type { JobRunner } from "./job-runner.ts";
import type { NodeRows } from "./node-rows.ts";

/** What every job works with. */
export interface JobContext {
  clock: Clock;
  settings: Settings;
  hub: EventHub;
  rows: NodeRows;
  files: FileStore;
  model: TextModel;
  credits: Credits;
  runner: JobRunner;
  jobs: JobLog;
}
