import { StreamTruncatedError } from "../../errors/stream-truncated-error.ts";
import { withJob } from "../../errors/with-job.ts";
import { connectionError } from "../../http/connection-failure.ts";
import type { EdgeCall, EdgeClient } from "../../http/edge-client.ts";
import { defined } from "../../options/defined.ts";
import type { Limits } from "../../options/limits.ts";
import { deferred } from "../../timing/deferred.ts";
import { linkedAbort } from "../../timing/linked-abort.ts";
import { withSignal } from "../../timing/with-signal.ts";
import type { Message } from "../messages.ts";
import type { TextWait } from "./generation-stream.ts";
import type { TextReader, TextResult } from "./text-reader.ts";

export interface DirectTextInput {
  model: string;
  reader: TextReader;
  limits: Limits;
  prepare(signal: AbortSignal): Promise<void>;
  messages(): readonly Message[];
  extraBody: Record<string, unknown> | undefined;
  /** The caller's, for the one request that there is. */
  call: Pick<EdgeCall, "headers" | "maxRetries" | "onResponse">;
  signal: AbortSignal | undefined;
  onNews(): void;
}

const WHAT = "POST /completion";

/**
 * A text in one request (wire 2.4): its body is the text. No rows, no event stream, nothing kept on the canvas, and
 * nobody to ask for what a broken connection took along.
 */
export function directText(edge: EdgeClient, input: DirectTextInput): TextWait {
  const outcome = deferred<TextResult>();
  const { reader, onNews } = input;
  const linked = linkedAbort(input.signal);
  const wait = {
    nodeId: crypto.randomUUID(),
    convId: crypto.randomUUID(),
    isSettled: false,
    result: outcome.promise,
    fail: linked.abort,
  };
  read(edge, input, wait, linked.signal)
    .then(outcome.resolve, (error: unknown) =>
      outcome.reject(withJob(error, { handle: undefined, partial: reader.partial })),
    )
    .finally(() => {
      wait.isSettled = true;
      linked.release();
      onNews();
    });
  return wait;
}

async function read(
  edge: EdgeClient,
  { model, reader, limits, prepare, messages, extraBody, call, onNews }: DirectTextInput,
  { nodeId, convId }: { nodeId: string; convId: string },
  signal: AbortSignal,
): Promise<TextResult> {
  signal.throwIfAborted();
  await prepare(signal);
  const body = { target_feature: "text_completion", model, messages: messages(), nodeId, convId, stream: true };
  const json = { ...body, ...defined(extraBody ?? {}) };
  const { response, deadline, release } = await edge.open("POST", "/completion", { ...call, json, signal }, limits);
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
        cause: connectionError("edge", WHAT, error),
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
