import type { Workload } from "../harness/rounds.ts";

/** Nothing to do; groups say what they add. */
export const IDLE: Workload = {
  jobs: 0,
  events: 0,
  bytes: 250,
  isAllText: false,
  hasResult: true,
  waiting: 0,
  warmups: 0,
  passes: 1,
  delayMs: 0,
  isMedia: false,
  settleMs: 0,
  fileBytes: 0,
  folder: "",
  atOnce: 1,
  sampleEvery: 1,
  token: "",
};

export function contestantScript(name: string): URL {
  return new URL(`../contestants/${name}`, import.meta.url);
}
