import { connectionError } from "../edge/connection-failure.ts";
import type { OpenResponse } from "../edge/http-client.ts";
import { TimeoutError, timeoutAdvice } from "../errors/timeout-error.ts";
import { idleWatch } from "./idle-watch.ts";

export interface BodyLimits {
  /** What is read, for errors. */
  what: string;
  idleMs: number;
  /** Fewer are an error; undefined where it is not known. */
  totalBytes: number | undefined;
  onReceived: ((receivedBytes: number) => void) | undefined;
}

/**
 * The body with its limits, and an error where it ends too soon. It is read only as fast as its reader wants. What ends
 * it from outside comes as one listener for the whole body: a large file has many thousands of parts.
 */
export function limitedBody(opened: OpenResponse, limits: BodyLimits): ReadableStream<Uint8Array> {
  const { what, idleMs, totalBytes, onReceived } = limits;
  const { signal, abort } = opened.deadline;
  const reader = opened.response.body?.getReader();
  const watch = idleWatch(idleMs, () => {
    const message = `${what}: not a byte came within ${idleMs} ms. ${timeoutAdvice("idle")}`;
    abort(new TimeoutError(message, { phase: "idle", limitMs: idleMs }));
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
    await reader?.cancel(reason).catch(() => undefined);
  };
  const fail = (controller: ReadableStreamDefaultController<Uint8Array>, error: unknown): void => {
    if (isSettled) return;
    // Not left to the signal that `fetch` has: Deno forgets it with a Response that nobody holds any more.
    void cancel(error);
    controller.error(error);
  };
  const lost = (cause: unknown): unknown => connectionError("download", what, cause);
  const take = (
    controller: ReadableStreamDefaultController<Uint8Array>,
    part: ReadableStreamReadResult<Uint8Array> | undefined,
  ): void => {
    if (part?.done === false) {
      receivedBytes += part.value.byteLength;
      onReceived?.(receivedBytes);
      controller.enqueue(part.value);
    } else if (totalBytes !== undefined && receivedBytes < totalBytes) {
      throw lost(new Error(`${receivedBytes} of ${totalBytes} bytes came`));
    } else {
      settle();
      controller.close();
    }
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        onAbort = () => fail(controller, signal.reason);
        if (signal.aborted) onAbort();
        else signal.addEventListener("abort", onAbort, { once: true });
      },
      // Without async functions: each would add a promise or more to every part.
      pull(controller) {
        const onPart = (part: ReadableStreamReadResult<Uint8Array> | undefined): void => {
          watch.end();
          if (isSettled) return;
          try {
            take(controller, part);
          } catch (error) {
            fail(controller, error);
          }
        };
        if (reader === undefined) return onPart(undefined);
        watch.begin();
        return reader.read().then(onPart, (error) => fail(controller, lost(error)));
      },
      cancel,
    },
    { highWaterMark: 0 },
  );
}
