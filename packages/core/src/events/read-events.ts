import { createParser } from "eventsource-parser";
import { withoutStream } from "../bytes/web-body.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import { webStreamOf } from "../http/answer-body.ts";
import { jsonObject } from "../wire/node-data.ts";

const LARGEST_EVENT_BYTES = 64 * 1024 * 1024;

/** Who is told of an event stream while it is read. */
export interface EventSink {
  /** The parsed JSON of one event. */
  onValue(value: Record<string, unknown>): void;
  /** Bytes came, or a comment: the connection is alive. */
  onBytes(): void;
}

/**
 * Reads a server-sent event stream to its end. `[DONE]`, comments and lines that are no JSON are noise (wire 3).
 * Resolves when the server ends the stream, which says nothing about any job; rejects when it breaks or is aborted.
 */
export async function readEvents(response: Response, signal: AbortSignal, sink: EventSink): Promise<void> {
  if (response.body === null) return;
  const body = webStreamOf(response);
  if (body === null) throw withoutStream("An event stream", "has no web stream as its body");
  const reader = body.getReader();
  // Deno needs the cancel as well: there a read that waits is not ended by the abort alone.
  const cancel = (): void => void reader.cancel(signal.reason).catch(() => undefined);
  signal.addEventListener("abort", cancel, { once: true });
  const decoder = new TextDecoder();
  const parser = createParser({
    maxBufferSize: LARGEST_EVENT_BYTES,
    onEvent: ({ data }) => {
      const value = jsonObject(data);
      if (value !== undefined) sink.onValue(value);
    },
    onError: (error) => {
      if (error.type !== "max-buffer-size-exceeded") return;
      throw new ConnectionError(`The event stream sent an event of more than ${LARGEST_EVENT_BYTES} bytes.`, {
        cause: error,
      });
    },
  });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (signal.aborted) throw signal.reason;
      if (done) break;
      sink.onBytes();
      parser.feed(decoder.decode(value, { stream: true }));
    }
    // Some servers end without the blank line that would deliver the last event.
    parser.feed(`${decoder.decode()}\n\n`);
  } finally {
    signal.removeEventListener("abort", cancel);
    await reader.cancel().catch(() => undefined);
  }
}
