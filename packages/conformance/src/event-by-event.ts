type Body = ReadableStream<Uint8Array<ArrayBuffer>>;

const STREAM = "/user_stream/stream";

/**
 * Hands out an event stream one event a read, each after what the last one led to. How many events one read of the
 * network brings depends on the machine: a client may give out all that it read as one chunk, and a text that is revised
 * before any of it was given out is no revision.
 */
export function eventByEvent(path: string, body: Body): Body {
  if (path !== STREAM) return body;
  const events = eventReader(body);
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        await turn();
        const event = await events.next();
        if (event === undefined) controller.close();
        else controller.enqueue(new TextEncoder().encode(event));
      },
      cancel: (reason) => events.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

export interface EventReader {
  /** An event with its blank line; undefined at the end of the body, where what was cut is left out. */
  next(): Promise<string | undefined>;
  cancel(reason: unknown): Promise<void>;
}

/** Reads events whole. Runtimes differ in where they divide a body: an event may come in several pieces. */
export function eventReader(body: Body): EventReader {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  return {
    async next() {
      for (;;) {
        const end = text.indexOf("\n\n");
        if (end !== -1) {
          const event = text.slice(0, end + 2);
          text = text.slice(end + 2);
          return event;
        }
        const { done, value } = await reader.read();
        if (done) return undefined;
        text += decoder.decode(value, { stream: true });
      }
    },
    cancel: (reason) => reader.cancel(reason),
  };
}

/** A turn of the loop: what waits for a promise comes before it. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}
