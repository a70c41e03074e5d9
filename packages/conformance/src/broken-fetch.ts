import type { FlowithClientOptions } from "flowith-webapi";

type FetchLike = NonNullable<FlowithClientOptions["fetch"]>;
type Body = ReadableStream<Uint8Array<ArrayBuffer>>;

/** A request as it left the client. */
export interface SentRequest {
  method: string;
  path: string;
  atMs: number;
}

/** A `fetch` that counts what it hands out, and can spoil it. */
export interface BrokenFetch {
  fetch: FetchLike;
  sent: SentRequest[];
  /** Paths of answers that are neither read to their end nor cancelled. */
  openBodies(): string[];
}

/** @param spoil puts another body in place of an answer's */
export function brokenFetch(spoil: (path: string, body: Body) => Body = (_, body) => body): BrokenFetch {
  const sent: SentRequest[] = [];
  const open = new Set<{ path: string }>();
  return {
    sent,
    openBodies: () => [...open].map(({ path }) => path),
    fetch: async (input, init) => {
      const request = input instanceof Request ? input : undefined;
      const path = new URL(request?.url ?? String(input)).pathname;
      sent.push({ method: init?.method ?? request?.method ?? "GET", path, atMs: performance.now() });
      const response = await fetch(input, init);
      if (response.body === null) return response;
      const entry = { path };
      open.add(entry);
      const body = spoil(
        path,
        watched(response.body, () => open.delete(entry)),
      );
      const { status, statusText, headers } = response;
      return new Response(body, { status, statusText, headers });
    },
  };
}

function watched(source: Body, onOver: () => void): Body {
  const reader = source.getReader();
  // An aborted request ends a body that nobody reads as well.
  reader.closed.then(onOver, onOver);
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel(reason) {
        onOver();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
