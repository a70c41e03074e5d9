import { whileRowsKeepInit } from "../src/cases/jobs-keep-init.ts";

export interface LeftOut {
  runtime: string;
  id: string;
  reason: string;
}

const RESENDS =
  "itself sends a post again when a kept-alive connection closes before the answer, and no page can keep it from that.";

const ENDS_CUT =
  "its network library (libsoup) ends an answer that breaks between two chunks as if it were whole, and a direct text has no mark of its end. Where a length is told, a missing part is an error.";

const resent = [
  "jobs: a post whose answer was lost is not repeated where it had arrived",
  "jobs: a video whose answer was lost is found under its prompt, whatever its node's id",
];

const POST_BY_FETCH = "requests: a post by flowith.fetch whose connection breaks is sent once";
const STREAM_BY_FETCH =
  "requests: flowith.fetch sends a stream, once: a 401 is its answer, and the next call has a new token";
const NO_STREAM = "sends no stream over HTTP/1.1, which the emulator speaks.";

/** Cases that a runtime cannot run, each with the reason. */
export const LEFT_OUT: readonly LeftOut[] = [
  ...[...resent.flatMap((id) => [id, whileRowsKeepInit(id)]), POST_BY_FETCH].flatMap((id) =>
    ["Chromium", "Firefox"].map((runtime) => ({ runtime, id, reason: `${runtime} ${RESENDS}` })),
  ),
  ...["Chromium", "Firefox", "WebKit"].map((runtime) => ({
    runtime,
    id: STREAM_BY_FETCH,
    reason: `${runtime} ${NO_STREAM}`,
  })),
  {
    runtime: "Firefox",
    id: "jobs: the event stream, which serves several of them, has the client's connectMs",
    reason:
      "Firefox shows the headers of an answer with the first byte of its body: streams have no limit of their own for them.",
  },
  {
    runtime: "WebKit",
    id: "text: a direct text whose body breaks is a truncation with what had come",
    reason: ENDS_CUT,
  },
];

export function isLeftOut(runtime: string, id: string): boolean {
  return LEFT_OUT.some((entry) => entry.runtime === runtime && entry.id === id);
}
