import { type BodyPart, bodyReader } from "../bytes/body-reader.ts";
import { webBody } from "../bytes/web-body.ts";
import { ResponseShapeError } from "../errors/response-shape-error.ts";
import { TimeoutError, timeoutAdvice } from "../errors/timeout-error.ts";
import { connectionError } from "./connection-failure.ts";
import { idleWatch } from "./idle-watch.ts";
import type { OpenResponse } from "./transport.ts";

export interface BodyLimits {
  /** What is read, for errors. */
  label: string;
  idleMs: number;
  /** Fewer are an error; undefined where it is not known. */
  totalBytes: number | undefined;
  /** Sees each part before it is handed on; what it throws ends the body. */
  inspect?: ((part: Uint8Array) => void) | undefined;
  onReceived: ((receivedBytes: number) => void) | undefined;
}

type Controller = ReadableStreamDefaultController<Uint8Array> | ReadableByteStreamController;

/**
 * The body of a file with its limits, and an error where it ends too soon, or is empty. It is read only as fast as its reader wants. What ends
 * it from outside comes as one listener for the whole body: a large file has many thousands of parts. A stream of bytes
 * stays one, which costs less for each part and can be read into memory of one's own.
 */
export function limitedBody(opened: OpenResponse, limits: BodyLimits): ReadableStream<Uint8Array> {
  const { label, idleMs, totalBytes, inspect, onReceived } = limits;
  const { signal } = opened.deadline;
  const reader = bodyReader(webBody(opened.response, label));
  const watch = idleWatch(idleMs, () => {
    const message = `${label}: not a byte came within ${idleMs} ms. ${timeoutAdvice("idle")}`;
    opened.deadline.abort(new TimeoutError(message, { phase: "idle", limitMs: idleMs }));
  });
  let receivedBytes = 0;
  let isSettled = false;
  let onAbort = (): void => undefined;
  const settle = (): void => {
    isSettled = true;
    signal.removeEventListener("abort", onAbort);
    watch.stop();
    opened.release();
  };
  const cancel = async (reason: unknown): Promise<void> => {
    settle();
    await reader.cancel(reason).catch(() => undefined);
  };
  const fail = (controller: Controller, error: unknown): void => {
    if (isSettled) return;
    // Not left to the signal that `fetch` has: Deno forgets it with a Response that nobody holds any more.
    void cancel(error);
    controller.error(error);
  };
  const lost = (cause: unknown): unknown =>
    connectionError({ kind: "download", label, url: opened.response.url }, cause);
  const count = (part: Uint8Array): void => {
    inspect?.(part);
    receivedBytes += part.byteLength;
    onReceived?.(receivedBytes);
  };
  const end = (controller: Controller): void => {
    if (totalBytes !== undefined && receivedBytes < totalBytes) {
      throw lost(new Error(`${receivedBytes} of ${totalBytes} bytes came`));
    }
    if (receivedBytes === 0) {
      throw new ResponseShapeError(`${label} answered without a byte of the file.`, {
        issues: ["answer: an empty body"],
        raw: undefined,
      });
    }
    settle();
    controller.close();
  };
  // Without async functions: each would add a promise or more to every part.
  const pullWith = (controller: Controller, part: Promise<BodyPart>, take: (part: BodyPart) => void): Promise<void> => {
    watch.begin();
    const onPart = (result: BodyPart): void => {
      watch.end();
      if (isSettled) return;
      try {
        take(result);
      } catch (error) {
        fail(controller, error);
      }
    };
    return part.then(onPart, (error: unknown) => fail(controller, lost(error)));
  };
  const start = (controller: Controller): void => {
    onAbort = () => fail(controller, signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  };
  const pull = (controller: Controller): Promise<void> =>
    pullWith(controller, reader.next(), ({ done, value }) => {
      if (done) return end(controller);
      count(value);
      controller.enqueue(value);
    });
  const pullInto = (controller: ReadableByteStreamController, request: ReadableStreamBYOBRequest): Promise<void> =>
    pullWith(controller, reader.into(request.view), ({ done, value }) => {
      if (done) end(controller);
      else count(value);
      if (value !== undefined) request.respondWithNewView(value);
    });
  if (!reader.isBytes) return new ReadableStream<Uint8Array>({ start, pull, cancel }, { highWaterMark: 0 });
  const source: UnderlyingByteSource = {
    type: "bytes",
    start,
    pull: (controller) => {
      const { byobRequest } = controller;
      return byobRequest === null ? pull(controller) : pullInto(controller, byobRequest);
    },
    cancel,
  };
  return new ReadableStream(source);
}
