import { GatewayError, problemOf } from "../errors.ts";
import { settlesWithin } from "./settles-within.ts";
import { Silence } from "./silence.ts";
import type { Work } from "./work.ts";

/** One event of a stream. */
export interface SseMessage {
  event?: string | undefined;
  /** One line, such as JSON. */
  data: string;
}

/** How a stream is sent. */
export interface SseOptions {
  headers: Record<string, string>;
  keepAliveMs: number;
  /** What is sent in a silence of that length. Default: a comment. */
  keepAlive?: SseMessage;
  /** The last message of a stream that breaks. */
  errorMessage(error: unknown): Promise<SseMessage>;
  /** What is behind the stream; it ends when the reader leaves. */
  work: Work;
}

const KEEP_ALIVE = ": keep-alive\n\n";

/**
 * A response of messages as they are asked for: nothing is read ahead of a slow reader. What fails before the first message
 * rejects, so that it has a status of its own, unless that takes longer than `keepAliveMs`.
 */
export async function sseResponse(
  messages: AsyncGenerator<SseMessage, undefined>,
  { headers, keepAliveMs, keepAlive, errorMessage, work }: SseOptions,
): Promise<Response> {
  const encoder = new TextEncoder();
  let first: ReturnType<typeof messages.next> | undefined = messages.next();
  await settlesWithin(first, keepAliveMs);
  const ended = work.takeEnd();
  const alive = encoder.encode(keepAlive === undefined ? KEEP_ALIVE : lines(keepAlive));
  let silence: Silence | undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        silence ??= new Silence(keepAliveMs, () => {
          // A reader who does not read has no use for more of them.
          if ((controller.desiredSize ?? -1) >= 0) controller.enqueue(alive);
        });
        silence.begin();
        try {
          const { value, done } = await (first ?? messages.next());
          if (done !== true) return controller.enqueue(encoder.encode(lines(value)));
        } catch (error) {
          // The reader has gone by their own signal, and is told what a broken connection tells. One whose request was cut
          // short here is still there.
          const isCut = work.signal.reason instanceof GatewayError;
          if (work.signal.aborted && !isCut) {
            silence.stop();
            ended("broken");
            return controller.error(work.signal.reason);
          }
          work.fail(await problemOf(error));
          controller.enqueue(encoder.encode(lines(await errorMessage(error))));
        } finally {
          first = undefined;
          silence.end();
        }
        silence.stop();
        ended("sent");
        controller.close();
      },
      cancel() {
        silence?.stop();
        // What is waited for ends by the abort, and nobody is left to be told.
        first?.catch(() => undefined);
        work.abort();
        ended("left");
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      ...headers,
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    },
  });
}

function lines({ event, data }: SseMessage): string {
  return `${event === undefined ? "" : `event: ${event}\n`}data: ${data}\n\n`;
}
