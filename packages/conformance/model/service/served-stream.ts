type Ending = (controller: ReadableStreamDefaultController<Uint8Array>) => void;

/** The body of one answered event stream, until one side ends it. */
export class ServedStream {
  readonly response: Response;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  /** How it is to end once all that was sent has been read: an error would take what is still in the queue along. */
  #ending: Ending | undefined;
  readonly #onGone: () => void;

  constructor(signal: AbortSignal | undefined, contentType: string, onGone: () => void) {
    const onAbort = (): void => this.#end((controller) => controller.error(signal?.reason));
    this.#onGone = (): void => {
      signal?.removeEventListener("abort", onAbort);
      onGone();
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller;
      },
      pull: () => {
        if (this.#ending !== undefined) this.#end(this.#ending);
      },
      cancel: () => this.#end(() => undefined),
    });
    this.response = new Response(body, { headers: { "content-type": contentType } });
  }

  /** @returns whether there was anybody to send to */
  send(bytes: Uint8Array, splitBytes: number): boolean {
    if (this.#controller === undefined || this.#ending !== undefined) return false;
    const step = splitBytes === 0 ? Math.max(1, bytes.length) : splitBytes;
    for (let from = 0; from < bytes.length; from += step) this.#controller.enqueue(bytes.subarray(from, from + step));
    return true;
  }

  /** As a proxy ends it: as if all had been said. */
  end(): void {
    this.#endWhenRead((controller) => controller.close());
  }

  cut(): void {
    this.#endWhenRead((controller) => controller.error(new TypeError("terminated")));
  }

  #endWhenRead(ending: Ending): void {
    const isRead = (this.#controller?.desiredSize ?? 0) > 0;
    if (isRead) this.#end(ending);
    else this.#ending ??= ending;
  }

  #end(ending: Ending): void {
    const controller = this.#controller;
    if (controller === undefined) return;
    this.#controller = undefined;
    ending(controller);
    this.#onGone();
  }
}
