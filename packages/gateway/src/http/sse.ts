import { GatewayError } from "../errors.ts";
import { settlesWithin } from "./settles-within.ts";
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
  let pending: Promise<IteratorResult<SseMessage, undefined>> | undefined = messages.next();
  await settlesWithin(pending, keepAliveMs);
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        pending ??= messages.next();
        try {
          if (!(await settlesWithin(pending, keepAliveMs))) {
            controller.enqueue(encoder.encode(keepAlive === undefined ? KEEP_ALIVE : lines(keepAlive)));
            return;
          }
          const { value, done } = await pending;
          pending = undefined;
          if (done === true) controller.close();
          else controller.enqueue(encoder.encode(lines(value)));
        } catch (error) {
          // The reader has gone by their own signal, and is told what a broken connection tells. One whose request was cut
          // short here is still there.
          const isCut = work.signal.reason instanceof GatewayError;
          if (work.signal.aborted && !isCut) return controller.error(work.signal.reason);
          controller.enqueue(encoder.encode(lines(await errorMessage(error))));
          controller.close();
        }
      },
      cancel() {
        // What is waited for ends by the abort, and nobody is left to be told.
        pending?.catch(() => undefined);
        work.abort();
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
