import { whileRowsKeepInit } from "../src/cases/jobs-keep-init.ts";

export interface LeftOut {
  runtime: string;
  id: string;
  reason: string;
}

const RESENDS =
  "Chromium itself sends a post again when a kept-alive connection closes before the answer, and no page can keep it from that.";

const resent = [
  "jobs: a post whose answer was lost is not repeated where it had arrived",
  "jobs: a video whose answer was lost is found under its prompt, whatever its node's id",
];

/** Cases that a runtime cannot run, each with the reason. */
export const LEFT_OUT: readonly LeftOut[] = [
  ...resent.flatMap((id) => [id, whileRowsKeepInit(id)]).map((id) => ({ runtime: "Chromium", id, reason: RESENDS })),
  {
    runtime: "Chromium",
    id: "requests: a post by flowith.fetch whose connection breaks is sent once",
    reason: RESENDS,
  },
  {
    runtime: "Chromium",
    id: "requests: flowith.fetch sends a stream, once: a 401 is its answer, and the next call has a new token",
    reason: "Chromium sends no stream over HTTP/1.1, which the emulator speaks.",
  },
];

export function isLeftOut(runtime: string, id: string): boolean {
  return LEFT_OUT.some((entry) => entry.runtime === runtime && entry.id === id);
}
