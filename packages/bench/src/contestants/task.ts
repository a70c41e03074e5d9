import * as v from "valibot";

/** What a contestant is to do; one JSON object as its first argument. */
export interface Task {
  url: string;
  controlUrl: string;
  jobs: number;
  events: number;
  bytes: number;
  isAllText: boolean;
  hasResult: boolean;
  /** Jobs that wait beside the measured ones and get nothing. */
  waiting: number;
  /** Unmeasured passes before the measured ones, for the compiler. */
  warmups: number;
  passes: number;
  /** What the service takes for each answer. */
  delayMs: number;
  /** For waiting jobs: pictures need a second event stream. */
  isMedia: boolean;
  /** Longer than the runtime's pool keeps connections that nothing goes over. */
  settleMs: number;
  /** For files. */
  fileBytes: number;
  /** Of files, or of another checkout. */
  folder: string;
  /** For loads: how many run side by side. */
  atOnce: number;
  /** For loads: after how many of them the process is looked at. */
  sampleEvery: number;
  /** Of a user of the emulator; the load server asks for none. */
  token: string;
}

const taskSchema: v.GenericSchema<unknown, Task> = v.object({
  url: v.string(),
  controlUrl: v.string(),
  jobs: v.number(),
  events: v.number(),
  bytes: v.number(),
  isAllText: v.boolean(),
  hasResult: v.boolean(),
  waiting: v.number(),
  warmups: v.number(),
  passes: v.number(),
  delayMs: v.number(),
  isMedia: v.boolean(),
  settleMs: v.number(),
  fileBytes: v.number(),
  folder: v.string(),
  atOnce: v.number(),
  sampleEvery: v.number(),
  token: v.string(),
});

export function readTask(): Task {
  return v.parse(taskSchema, JSON.parse(process.argv[2] ?? "{}"));
}

/** Hands the result to the bench: the last line of the output. */
export function report(result: Record<string, number>): void {
  process.stdout.write(`\n${JSON.stringify(result)}\n`);
}
