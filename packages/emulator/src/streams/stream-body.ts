import type { ServerResponse } from "node:http";

const encoder = new TextEncoder();

type Ending = "open" | "end" | "cut";

function bytesOf(pieces: readonly (string | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const [first] = pieces;
  if (pieces.length === 1 && typeof first === "string") return encoder.encode(first);
  if (pieces.every((piece) => typeof piece === "string")) return encoder.encode(pieces.join(""));
  return Buffer.concat(pieces.map((piece) => (typeof piece === "string" ? encoder.encode(piece) : piece)));
}

/**
 * A response body that is written to piece by piece. What one turn of the event loop writes leaves as one chunk,
 * so that thousands of events cost one system call and not one each.
 */
export class StreamBody {
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly #outgoing: ServerResponse | undefined;
  readonly #onClose: () => void;
  #queue: (string | Uint8Array)[] = [];
  #bytes: Uint8Array<ArrayBuffer> | undefined;
  #ending: Ending = "open";
  #closed = false;
  #wake: (() => void) | undefined;
  #wakeScheduled = false;
  #chunkBytes = Number.POSITIVE_INFINITY;
  #bytesLeft = Number.POSITIVE_INFINITY;
  #endingAtLimit: Ending = "cut";

  /** @param outgoing the socket's response, which a cut destroys; absent when the request came in process */
  constructor(outgoing: ServerResponse | undefined, onClose: () => void) {
    this.#outgoing = outgoing;
    this.#onClose = onClose;
    // highWaterMark 0: pull runs only when the reader wants more, so an ending comes after all that was written
    this.readable = new ReadableStream<Uint8Array<ArrayBuffer>>(
      { pull: (controller) => this.#pull(controller), cancel: () => this.#close() },
      { highWaterMark: 0 },
    );
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Whether what is written still leaves. */
  get isOpen(): boolean {
    return !this.#closed && this.#ending === "open";
  }

  write(piece: string | Uint8Array): void {
    if (!this.isOpen) return;
    this.#queue.push(piece);
    this.#scheduleWake();
  }

  /** Ends the body as a finished answer does. */
  end(): void {
    this.#finish("end");
  }

  /** Breaks the connection off once all that was written has left. */
  cut(): void {
    this.#finish("cut");
  }

  /** Hands out at most so many bytes at a time. */
  splitInto(bytes: number): void {
    this.#chunkBytes = bytes;
  }

  /** After so many more bytes the body ends, in the middle of an event if need be. */
  limit(bytes: number, ending: "end" | "cut"): void {
    this.#bytesLeft = bytes;
    this.#endingAtLimit = ending;
  }

  #finish(ending: Ending): void {
    if (this.#ending === "open") this.#ending = ending;
    this.#scheduleWake();
  }

  #scheduleWake(): void {
    if (this.#wakeScheduled || this.#wake === undefined) return;
    this.#wakeScheduled = true;
    setImmediate(() => {
      this.#wakeScheduled = false;
      this.#wake?.();
      this.#wake = undefined;
    });
  }

  async #pull(controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>): Promise<void> {
    while (this.#bytes === undefined && this.#queue.length === 0 && this.#ending === "open" && !this.#closed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#closed) return;
    const chunk = await this.#nextChunk();
    if (chunk !== undefined) {
      controller.enqueue(chunk);
      return;
    }
    if (this.#ending === "cut") this.#breakOff(controller);
    else controller.close();
    this.#close();
  }

  async #nextChunk(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    if (this.#bytesLeft <= 0) {
      this.#ending = this.#endingAtLimit;
      return undefined;
    }
    if (this.#bytes === undefined) {
      if (this.#queue.length === 0) return undefined;
      this.#bytes = bytesOf(this.#queue);
      this.#queue = [];
    }
    const size = Math.min(this.#bytes.length, this.#chunkBytes, this.#bytesLeft);
    const chunk = this.#bytes.subarray(0, size);
    this.#bytes = size < this.#bytes.length ? this.#bytes.subarray(size) : undefined;
    this.#bytesLeft -= size;
    // one turn of the event loop a chunk, or the socket would join the pieces again
    if (this.#chunkBytes !== Number.POSITIVE_INFINITY) await new Promise((resolve) => setImmediate(resolve));
    return chunk;
  }

  #breakOff(controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>): void {
    const outgoing = this.#outgoing;
    if (outgoing === undefined) {
      controller.error(new TypeError("terminated"));
      return;
    }
    // what was written last is still corked in this turn; destroying at once would lose it
    setImmediate(() => outgoing.destroy());
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#queue = [];
    this.#wake?.();
    this.#onClose();
  }
}
