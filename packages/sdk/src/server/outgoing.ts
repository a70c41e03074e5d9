import { InvalidArgumentError } from "@flowith-webapi/core";
import type { ServerResponseLike } from "./server-response.ts";

/** A response on its way to its client: waits for room, and knows when the client has left. */
export class Outgoing {
  readonly #res: ServerResponseLike;
  /** Whose end is the client's leaving, beside the end of the response itself. */
  readonly #connection: ServerResponseLike["socket"];
  #hasLeft: boolean;
  #hasEnded = false;
  #wake: (() => void) | undefined;
  #onStop: (() => void) | undefined;

  constructor(res: ServerResponseLike) {
    this.#res = res;
    this.#hasLeft = isGone(res);
    // One listener each for all of it: what `once` adds to a response with `compression()`, it does not remove.
    res.on("drain", this.#onDrain);
    res.on("close", this.#onClose);
    res.on("finish", this.#onFinish);
    // Never removed: without a listener, an error that comes late ends the process.
    res.on("error", this.#onClose);
    // One that waits behind another answer is not told that the connection closes.
    this.#connection = isHttp2(res) || res.socket ? undefined : res.req?.socket;
    this.#connection?.on("close", this.#onClose);
  }

  /** Whether the client is gone, so that nobody waits for the rest. */
  get hasLeft(): boolean {
    return this.#hasLeft || isGone(this.#res);
  }

  /** Calls this once where the rest is not wanted any more. */
  set onStop(onStop: () => void) {
    this.#onStop = onStop;
    if (this.hasLeft) this.#stop();
  }

  /** Hands on some bytes, and resolves when there is room for more or the client has left. */
  async write(bytes: Uint8Array): Promise<void> {
    if (this.hasLeft) return;
    if (this.#res.writableEnded) throw this.#ended();
    const hasRoom = this.#res.write(bytes);
    this.#res.flush?.();
    if (!hasRoom) await this.#woken();
  }

  /** Resolves when all was handed to the system, or the client has left. */
  async end(): Promise<void> {
    if (this.hasLeft) return;
    if (this.#res.writableEnded) throw this.#ended();
    const finished = this.#woken();
    this.#res.end();
    await finished;
  }

  /** Ends it so that the client cannot take it for whole. */
  break(error: unknown): void {
    const res = this.#res;
    // Without an error, HTTP/2 calls it a proper end. With one, HTTP/1 calls it the client's fault, by `clientError`.
    if (isHttp2(res)) res.destroy(new Error("The source of the response failed.", { cause: error }));
    else {
      const connection = res.socket ?? res.req?.socket;
      // To a client of HTTP/1.0, and nginx is one to its servers, a closed connection is the end of a body.
      if (res.req?.httpVersion === "1.0") reset(connection);
      res.destroy();
      // One that waits behind another answer has no connection of its own yet.
      connection?.destroy();
    }
  }

  /** Lets go of the response, which lives on where something else holds it. */
  release(): void {
    this.#res.removeListener("drain", this.#onDrain);
    this.#res.removeListener("close", this.#onClose);
    this.#res.removeListener("finish", this.#onFinish);
    this.#connection?.removeListener("close", this.#onClose);
  }

  readonly #onDrain = (): void => this.#wake?.();

  readonly #onClose = (): void => {
    if (!this.#hasEnded) this.#hasLeft = true;
    this.#stop();
  };

  readonly #onFinish = (): void => {
    // HTTP/2 finishes what its client has left.
    if (this.#res.writableEnded) this.#hasEnded = true;
    else this.#hasLeft = true;
    this.#stop();
  };

  #stop(): void {
    this.#wake?.();
    this.#onStop?.();
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #ended(): InvalidArgumentError {
    return new InvalidArgumentError("pipeResponse: something else has ended this response before its body was sent.");
  }
}

/** One that was ended is closed as well, once its client has all of it. */
function isGone(res: ServerResponseLike): boolean {
  if (res.writableEnded) return false;
  if (isHttp2(res)) return res.stream?.destroyed === true;
  return res.destroyed === true || (res.socket ?? res.req?.socket)?.destroyed === true;
}

export function isHttp2({ req }: ServerResponseLike): boolean {
  return req?.httpVersionMajor === 2;
}

function reset(connection: ServerResponseLike["socket"]): void {
  try {
    connection?.resetAndDestroy?.();
  } catch {
    // TLS has no reset, and its own sign for a proper end.
  }
}
