import { show } from "../errors/error-fields.ts";
import { JobFailedError } from "../errors/job-failed-error.ts";
import { StreamTruncatedError } from "../errors/stream-truncated-error.ts";
import { TimeoutError } from "../errors/timeout-error.ts";
import { withJob } from "../errors/with-job.ts";
import type { Limits } from "../options/limits.ts";
import type { CallOptions } from "../options/options.ts";
import { now } from "../timing/now.ts";
import { type AnswerEvent, answerEvents } from "./answer-events.ts";
import type { DeveloperApi, DeveloperPost } from "./developer-api.ts";

/** First bytes have come after 83 s, and streams that were silent for 277 s were dead (wire 9). */
export const ANSWER_LIMITS: Limits = { connectMs: 0, firstEventMs: 300_000, idleMs: 300_000, totalMs: 1_800_000 };

/** What gathers the events of one answer. */
export interface AnswerReader<Chunk, Output> {
  readonly text: string;
  /** Whether the service has said that this is all. */
  isEnded: boolean;
  /** Whether it needs no further mark of its end. */
  readonly isFinished?: boolean | undefined;
  /** Whether there is something in it, be it a text or the call of a tool. */
  readonly isFilled: boolean;
  /** Why it has nothing in it, where that is known: asked again it would be the same. */
  readonly emptyCause?: { reason: string; why: string } | undefined;
  readonly answer: Output;
  accept(event: Record<string, unknown>, isWhole: boolean): Chunk | undefined;
  last(): Chunk;
}

/**
 * Posts, and reads the answer to its end.
 * @throws with what had come as `partial`: StreamTruncatedError where no end was told, JobFailedError with the reason
 *   `empty_answer` or `content_policy` where it has nothing in it; what the reader throws
 */
export async function* readAnswer<Chunk, Output>(
  api: DeveloperApi,
  post: DeveloperPost,
  call: CallOptions & { signal: AbortSignal },
  reader: AnswerReader<Chunk, Output>,
): AsyncGenerator<Chunk, Output, undefined> {
  const label = `POST ${post.path}`;
  const limits = api.limitsOf(post.limits, call);
  let answer: Output;
  try {
    const read = { label, limits, sentAtMs: now(), isFinished: () => reader.isFinished === true };
    const opened = await api.open(post, call);
    try {
      for await (const event of answerEvents(opened, read)) {
        const chunk = accept(api, reader, event, label);
        if (chunk !== undefined) yield chunk;
        if (reader.isEnded) break;
      }
    } catch (error) {
      // After a reason to finish no text follows: how the connection ends, or whether, says nothing of the answer.
      const isWeather = StreamTruncatedError.is(error) || TimeoutError.is(error);
      if (call.signal.aborted || !isWeather || reader.isFinished !== true) throw error;
    }
    if (!reader.isEnded && reader.isFinished !== true) {
      throw new StreamTruncatedError(
        `${label}: the answer ended without the mark of its end, so that some of it may be missing. Read error.partial, or ask again.`,
      );
    }
    if (!reader.isFilled) throw emptyAnswer(label, reader.emptyCause);
    answer = reader.answer;
  } catch (error) {
    throw withJob(error, { handle: undefined, partial: reader.text });
  }
  yield reader.last();
  return answer;
}

function emptyAnswer(label: string, cause: AnswerReader<unknown, unknown>["emptyCause"]): JobFailedError {
  const why = cause?.why ?? "the service answered with success and without a word, which it does at times. Ask again";
  const reason = cause?.reason ?? "empty_answer";
  const error = new JobFailedError(`${label}: ${why} (${reason}).`, { reason });
  if (cause !== undefined) show(error, { isRetryable: false });
  return error;
}

function accept<Chunk>(
  api: DeveloperApi,
  reader: AnswerReader<Chunk, unknown>,
  event: AnswerEvent,
  label: string,
): Chunk | undefined {
  if ("isDone" in event) {
    reader.isEnded = true;
    return undefined;
  }
  if ("isBroken" in event) {
    throw new StreamTruncatedError(
      `${label}: an event of the answer is JSON that was cut off, so that text is missing. Read error.partial, or ask again.`,
    );
  }
  return reader.accept(api.blanked(event.value), event.isWhole);
}
