import { clientLeft, GatewayError } from "../errors.ts";

/** What a request's body may be. */
export interface BodyLimits {
  maxBodyBytes: number;
  /** From when it is first asked for to its end, in ms; 0 is no limit. */
  bodyTimeoutMs: number;
}

/**
 * A request's body, which fails when it is too large, too slow, or nobody wants it any more. It is read when the handler asks
 * for it, and so never for a caller who was refused.
 */
export class RequestBody {
  readonly #request: Request;
  readonly #signal: AbortSignal;
  readonly #limits: BodyLimits;
  readonly #onRefusal: (error: GatewayError) => void;

  /**
   * @param signal of the request's work
   * @param onRefusal is told why, since parsers of forms hide what a body fails with
   * @throws GatewayError 413 where the headers already say that it is too large
   */
  constructor(request: Request, signal: AbortSignal, limits: BodyLimits, onRefusal: (error: GatewayError) => void) {
    this.#request = request;
    this.#signal = signal;
    this.#limits = limits;
    this.#onRefusal = onRefusal;
    if (Number(request.headers.get("content-length") ?? 0) > limits.maxBodyBytes) throw tooLarge(limits.maxBodyBytes);
  }

  text(): Promise<string> {
    return this.#whole((body) => body.text());
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return this.#whole((body) => body.arrayBuffer());
  }

  /** Null where there is none. */
  stream(): ReadableStream<Uint8Array> | null {
    const { body } = this.#request;
    return body === null ? null : guardedBody(body, this.#signal, this.#limits, this.#onRefusal);
  }

  /** A body whose length is told becomes no larger, and is read as the server has it, without a stream between. */
  async #whole<Value>(read: (body: Request | Response) => Promise<Value>): Promise<Value> {
    refuseEncoded(this.#request.headers);
    const isLengthTold = this.#request.headers.has("content-length");
    return isLengthTold ? this.#inTime(() => read(this.#request)) : read(new Response(this.stream()));
  }

  #inTime<Value>(read: () => Promise<Value>): Promise<Value> {
    const { bodyTimeoutMs } = this.#limits;
    const signal = this.#signal;
    return new Promise<Value>((resolve, reject) => {
      const release = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", onAbort);
      };
      const fail = (reason: unknown): void => {
        release();
        reject(reason);
      };
      const refuse = (): void => {
        const error = tooSlow(bodyTimeoutMs);
        this.#onRefusal(error);
        fail(error);
      };
      const onAbort = (): void => fail(signal.reason);
      const timer = bodyTimeoutMs > 0 ? setTimeout(refuse, bodyTimeoutMs) : undefined;
      if (signal.aborted) return onAbort();
      signal.addEventListener("abort", onAbort, { once: true });
      read().then(
        (value) => {
          release();
          resolve(value);
        },
        () => {
          if (signal.aborted) return fail(signal.reason);
          // A body breaks off with its connection, and at times before the request's signal knows.
          const error = clientLeft();
          this.#onRefusal(error);
          fail(error);
        },
      );
    });
  }
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
          if (sizeBytes > maxBodyBytes) throw tooLarge(maxBodyBytes);
          controller.enqueue(value);
        } catch (cause) {
          release();
          const isOurs = signal.aborted || cause instanceof GatewayError;
          const error = isOurs ? cause : clientLeft();
          if (error instanceof GatewayError) onRefusal(error);
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

/** What is packed may be of any size once it is not. @throws GatewayError 415 */
function refuseEncoded(headers: Headers): void {
  const encoding = headers.get("content-encoding")?.trim().toLowerCase() || "identity";
  if (encoding === "identity") return;
  const message = `The body's content-encoding ${JSON.stringify(encoding.slice(0, 40))} is not taken here. Send it as it is.`;
  throw new GatewayError({ status: 415, code: "unsupported_content_encoding", message });
}

function tooLarge(maxBytes: number): GatewayError {
  const message = `The body is larger than ${maxBytes} bytes, which is the most that is taken here.`;
  return new GatewayError({ status: 413, code: "body_too_large", message });
}

function tooSlow(limitMs: number): GatewayError {
  const message = `The body was not there within ${limitMs} ms, which is the longest that is waited for it here.`;
  return new GatewayError({ status: 408, code: "body_timeout", message });
}
