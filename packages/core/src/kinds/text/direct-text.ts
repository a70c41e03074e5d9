import { textParts } from "../../bytes/text-parts.ts";
import { webBody } from "../../bytes/web-body.ts";
import { ConnectionError } from "../../errors/connection-error.ts";
import { ResponseShapeError } from "../../errors/response-shape-error.ts";
import { StreamTruncatedError } from "../../errors/stream-truncated-error.ts";
import { withJob } from "../../errors/with-job.ts";
import { connectionError } from "../../http/connection-failure.ts";
import type { EdgeCall, EdgeClient } from "../../http/edge-client.ts";
import { discard } from "../../http/transport.ts";
import type { WaitListener } from "../../jobs/job-wait-options.ts";
import { defined } from "../../options/defined.ts";
import { progressReporter } from "../../options/progress.ts";
import { randomUuid } from "../../text/random-uuid.ts";
import { deferred } from "../../timing/deferred.ts";
import { linkedAbort } from "../../timing/linked-abort.ts";
import { isPageByStart, isPageByType } from "../../wire/html-page.ts";
import type { JobRequest } from "../kind.ts";
import type { TextJob, TextKind } from "./text.ts";
import type { GenerateOptions } from "./text-options.ts";
import type { TextResult } from "./text-reader.ts";
import type { TextRun } from "./text-stream.ts";

const WHAT = "POST /completion";

/**
 * A text in one request (wire 2.4): its body is the text. No rows, no event stream, nothing kept on the canvas, and
 * nobody to ask for what a broken connection took along.
 */
export function directText(
  edge: EdgeClient,
  kind: TextKind,
  request: Omit<JobRequest<GenerateOptions>, "progress">,
  listener: WaitListener<TextResult>,
): TextRun {
  const { options } = request;
  const taken = deferred<void>();
  const linked = linkedAbort(options.signal);
  const progress = progressReporter(options.onProgress, linked.abort);
  const job = kind.describe({ ...request, progress });
  const wait = {
    nodeId: randomUuid(),
    convId: randomUuid(),
    isSettled: false,
    fail: linked.abort,
  };
  const end = (tell: () => void): void => {
    wait.isSettled = true;
    linked.release();
    tell();
  };
  read(edge, job, { ...options, signal: linked.signal }, wait, {
    onOpen: taken.resolve,
    onNews: () => listener.onNews(),
  }).then(
    (result) => end(() => listener.onDone(result)),
    (error: unknown) =>
      end(() => listener.onFailed(withJob(error, { handle: undefined, partial: job.reader.partial }))),
  );
  return { reader: job.reader, wait, taken: taken.promise };
}

async function read(
  edge: EdgeClient,
  { model, reader, limits, source }: TextJob,
  { headers, maxRetries, onResponse, extraBody, signal }: GenerateOptions & { signal: AbortSignal },
  { nodeId, convId }: { nodeId: string; convId: string },
  { onOpen, onNews }: { onOpen: () => void; onNews: () => void },
): Promise<TextResult> {
  await source.prepare(signal);
  const body = { target_feature: "text_completion", model, messages: source.messages(), nodeId, convId, stream: true };
  const json = { ...body, ...defined(extraBody ?? {}) };
  const call: EdgeCall = { headers, maxRetries, onResponse, json, signal, repeat: "billed" };
  const { response, deadline, release } = await edge.open("POST", "/completion", call, limits);
  onOpen();
  // An answer that does not say what it is may turn out to be a page by its first characters, which wait for that long.
  let start = isPageByType(response.headers) === undefined ? "" : undefined;
  const give = (part: string, isLast = false): void => {
    const text = start === undefined ? part : start + part;
    if (start !== undefined) {
      const isPage = isPageByStart(text);
      if (isPage === true) throw pageError();
      start = isPage === undefined && !isLast ? text : undefined;
    }
    if (text === "" || start !== undefined) return;
    reader.accept({ type: "chunks", nodeId, seq: undefined, fragments: [text] });
    onNews();
  };
  const lost = (error: unknown): never => {
    if (deadline.signal.aborted) throw deadline.signal.reason;
    const cause = connectionError({ kind: "edge", label: WHAT, url: response.url }, error);
    if (!ConnectionError.is(cause)) throw cause;
    throw new StreamTruncatedError(
      `${WHAT}: the connection broke in the middle of the text. Read error.partial, or generate again.`,
      { cause },
    );
  };
  try {
    if (isPageByType(response.headers) === true) {
      discard(response);
      throw pageError();
    }
    deadline.start("first-event", limits.firstEventMs);
    for await (const text of textParts(webBody(response, WHAT), deadline.signal, lost)) {
      deadline.stop("first-event");
      deadline.start("idle", limits.idleMs);
      give(text);
    }
    give("", true);
  } finally {
    release();
  }
  const verdict = reader.finish();
  if (verdict.state === "done") return verdict.result;
  throw new StreamTruncatedError(`${WHAT}: the answer ended without a word. Generate again.`);
}

function pageError(): ResponseShapeError {
  return new ResponseShapeError(`${WHAT} answered with an HTML page where a text was expected.`, {
    issues: ["answer: an HTML page"],
    raw: undefined,
  });
}
