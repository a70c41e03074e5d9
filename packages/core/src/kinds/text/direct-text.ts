import { StreamTruncatedError } from "../../errors/stream-truncated-error.ts";
import { withJob } from "../../errors/with-job.ts";
import { connectionError } from "../../http/connection-failure.ts";
import type { EdgeClient } from "../../http/edge-client.ts";
import { defined } from "../../options/defined.ts";
import { progressReporter } from "../../options/progress.ts";
import { randomUuid } from "../../text/random-uuid.ts";
import { deferred } from "../../timing/deferred.ts";
import { linkedAbort } from "../../timing/linked-abort.ts";
import { withSignal } from "../../timing/with-signal.ts";
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
  onNews: () => void,
): TextRun {
  const { options } = request;
  const outcome = deferred<TextResult>();
  const taken = deferred<void>();
  const linked = linkedAbort(options.signal);
  const progress = progressReporter(options.onProgress, linked.abort);
  const job = kind.describe({ ...request, progress });
  const wait = {
    nodeId: randomUuid(),
    convId: randomUuid(),
    isSettled: false,
    result: outcome.promise,
    fail: linked.abort,
  };
  read(edge, job, { ...options, signal: linked.signal }, wait, { onOpen: taken.resolve, onNews })
    .then(outcome.resolve, (error: unknown) =>
      outcome.reject(withJob(error, { handle: undefined, partial: job.reader.partial })),
    )
    .finally(() => {
      wait.isSettled = true;
      linked.release();
      onNews();
    });
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
  const call = { headers, maxRetries, onResponse, json, signal };
  const { response, deadline, release } = await edge.open("POST", "/completion", call, limits);
  onOpen();
  const parts = response.body?.getReader();
  const decoder = new TextDecoder();
  const give = (text: string): void => {
    if (text === "") return;
    reader.accept({ type: "chunks", nodeId, seq: undefined, fragments: [text] });
    onNews();
  };
  try {
    deadline.start("first-event", limits.firstEventMs);
    for (;;) {
      const part = await withSignal(parts?.read() ?? Promise.resolve(undefined), deadline.signal);
      deadline.stop("first-event");
      deadline.start("idle", limits.idleMs);
      if (part === undefined || part.done) break;
      give(decoder.decode(part.value, { stream: true }));
    }
    give(decoder.decode());
  } catch (error) {
    if (deadline.signal.aborted) throw deadline.signal.reason;
    throw new StreamTruncatedError(
      `${WHAT}: the connection broke in the middle of the text. Read error.partial, or generate again.`,
      {
        cause: connectionError({ kind: "edge", label: WHAT, url: response.url }, error),
      },
    );
  } finally {
    release();
    parts?.cancel().catch(() => undefined);
  }
  const verdict = reader.finish();
  if (verdict.state === "done") return verdict.result;
  throw new StreamTruncatedError(`${WHAT}: the answer ended without a word. Generate again.`);
}
