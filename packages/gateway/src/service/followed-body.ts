import type { RequestEntry } from "./request-entry.ts";

/** The same body, whose end is told once. Nothing is read ahead of the reader. */
export function followedBody(
  body: ReadableStream<Uint8Array>,
  onEnd: (outcome: RequestEntry["outcome"]) => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) return controller.enqueue(value);
          onEnd("sent");
          controller.close();
        } catch (error) {
          onEnd("broken");
          controller.error(error);
        }
      },
      cancel(reason) {
        onEnd("left");
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
