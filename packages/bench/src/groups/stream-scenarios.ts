import type { Task } from "../contestants/task.ts";
import type { Settings, Workload } from "../harness/rounds.ts";
import { IDLE } from "./workload.ts";

export type StreamContestant = "bytes" | "floor" | "sdk" | "openai" | "python";

export interface StreamScenario {
  name: string;
  workload: Workload;
  /** Who takes part, and with what less, where all of it would take minutes: rates stay comparable. */
  contestants: Partial<Record<StreamContestant, Partial<Task>>>;
  /** The least ratio of events per second of the SDK to the floor. */
  toFloor?: { gate: number; aim: number };
  /** The same to the Python client. */
  toPython?: number;
}

/** What the stream is measured under. Short scenarios are repeated in one process, so that what they take is measurable. */
export function streamScenarios({ isQuick }: Settings): StreamScenario[] {
  const scale = isQuick ? 0.01 : 1;
  const long = { ...IDLE, warmups: isQuick ? 0 : 1, passes: isQuick ? 1 : 3 };
  const short = { ...IDLE, warmups: isQuick ? 0 : 5, passes: isQuick ? 1 : 20 };
  const one = { ...long, jobs: 1, events: 200_000 * scale, bytes: 250 };
  const once = { warmups: 0, passes: 1 };
  return [
    {
      name: "small, 1 × 200,000",
      workload: one,
      contestants: {
        bytes: {},
        floor: {},
        sdk: {},
        openai: { passes: 1 },
        python: { events: 20_000 * scale, passes: 1 },
      },
      toFloor: { gate: 0.6, aim: 0.75 },
      toPython: 10,
    },
    {
      name: "large, 1 × 200,000",
      workload: { ...one, bytes: 4096, passes: 1 },
      contestants: { bytes: {}, floor: {}, sdk: {}, openai: { events: 50_000 * scale } },
      toFloor: { gate: 0.8, aim: 0.95 },
    },
    {
      name: "all text, 1 × 14,000",
      workload: { ...one, bytes: 4096, events: 14_000 * scale, isAllText: true },
      contestants: { bytes: {}, floor: {}, sdk: {} },
    },
    {
      name: "small, 50 × 400",
      workload: { ...short, jobs: 50, events: 400, bytes: 250 },
      contestants: {
        bytes: {},
        floor: {},
        sdk: {},
        openai: { passes: 5 },
        python: { ...once, events: isQuick ? 10 : 100 },
      },
      toPython: 20,
    },
    {
      name: "small, 300 × 50",
      workload: { ...short, jobs: 300, events: 50, bytes: 250 },
      contestants: {
        bytes: {},
        floor: {},
        sdk: {},
        openai: { passes: 5 },
        ...(isQuick ? {} : { python: once }),
      },
    },
  ];
}
