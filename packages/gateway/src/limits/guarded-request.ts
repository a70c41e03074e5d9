import { GatewayError } from "../errors.ts";

/** What a request's body may be. */
export interface BodyLimits {
  maxBodyBytes: number;
  /** From when it is first asked for to its end, in ms; 0 is no limit. */
  bodyTimeoutMs: number;
}

/**
 * The same request with a signal more, whose body fails when it is too large, too slow, or nobody wants it any more. The body
 * is read when the handler asks for it, and so never for a caller who was refused.
 * @param onRefusal is told why, since parsers of forms hide what a body fails with
 * @throws GatewayError 413 where the headers already say that it is too large
 */
export function guardedRequest(
  request: Request,
  cut: AbortSignal,
  limits: BodyLimits,
  onRefusal: (error: GatewayError) => void,
): Request {
  const { method, headers, body } = request;
  const signal = AbortSignal.any([request.signal, cut]);
  if (body === null) return new Request(request.url, { method, headers, signal });
  if (Number(headers.get("content-length") ?? 0) > limits.maxBodyBytes) throw tooLarge(limits.maxBodyBytes);
  const guarded = guardedBody(body, signal, limits, onRefusal);
  const init: RequestInit & { duplex: "half" } = { method, headers, signal, body: guarded, duplex: "half" };
  return new Request(request.url, init);
}

function guardedBody(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  { maxBodyBytes, bodyTimeoutMs }: BodyLimits,
  onRefusal: (error: GatewayError) => void,
): ReadableStream<Uint8Array> {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sizeBytes = 0;
  let fail: (reason: unknown) => void = () => undefined;
  const failed = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  failed.catch(() => undefined);
  const refuse = (error: GatewayError): void => {
    onRefusal(error);
    fail(error);
  };
  const onAbort = (): void => fail(signal.reason);
  const release = (): void => {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  };
  const begin = (): ReadableStreamDefaultReader<Uint8Array> => {
    if (bodyTimeoutMs > 0) timer = setTimeout(() => refuse(tooSlow(bodyTimeoutMs)), bodyTimeoutMs);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
    return body.getReader();
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        reader ??= begin();
        try {
          const { done, value } = await Promise.race([reader.read(), failed]);
          if (done) {
            release();
            controller.close();
            return;
          }
          sizeBytes += value.byteLength;
          if (sizeBytes > maxBodyBytes) {
            const error = tooLarge(maxBodyBytes);
            onRefusal(error);
            throw error;
          }
          controller.enqueue(value);
        } catch (error) {
          release();
          controller.error(error);
          // The rest of it is of no use, and whether the client still sends it is their matter.
          reader.cancel(error).catch(() => undefined);
        }
      },
      cancel(reason) {
        release();
        return reader === undefined ? body.cancel(reason) : reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

function tooLarge(maxBytes: number): GatewayError {
  const message = `The body is larger than ${maxBytes} bytes, which is the most that is taken here.`;
  return new GatewayError({ status: 413, code: "body_too_large", message });
}

function tooSlow(limitMs: number): GatewayError {
  const message = `The body was not there within ${limitMs} ms, which is the longest that is waited for it here.`;
  return new GatewayError({ status: 408, code: "body_timeout", message });
}
