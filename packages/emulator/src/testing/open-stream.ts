import * as v from "valibot";

export interface SeenEvent {
  [field: string]: unknown;
  type?: string | undefined;
  nodeId?: string | undefined;
  seq?: number | undefined;
  chunks?: string[] | undefined;
}

const seenEvent: v.GenericSchema<unknown, SeenEvent> = v.looseObject({
  type: v.optional(v.string()),
  nodeId: v.optional(v.string()),
  seq: v.optional(v.number()),
  chunks: v.optional(v.array(v.string())),
});

const enveloped: v.GenericSchema<unknown, { data: SeenEvent }> = v.object({ data: seenEvent });

function parse(line: string): SeenEvent[] {
  try {
    const value: unknown = JSON.parse(line);
    const inner = v.safeParse(enveloped, value);
    if (inner.success) return [inner.output.data];
    const bare = v.safeParse(seenEvent, value);
    return bare.success ? [bare.output] : [];
  } catch {
    return [];
  }
}

/** The bytes of a streamed answer as a plain fetch sees them, collected while they come. */
export class OpenStream {
  readonly status: number;
  readonly pieces: Uint8Array[] = [];
  /** How the body ended; undefined while it is open. */
  ending: "end" | "error" | undefined;
  readonly #decoder = new TextDecoder();
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  readonly #listeners = new Set<() => void>();
  text = "";

  constructor(response: Response) {
    this.status = response.status;
    this.#reader = response.body?.getReader();
    void this.#read();
  }

  /** JSON of all data lines, envelopes taken off; lines that are no event are left out. */
  get events(): SeenEvent[] {
    return this.text.split(/\r\n|\r|\n/).flatMap((line) => (line.startsWith("data: ") ? parse(line.slice(6)) : []));
  }

  /** The last event of a job; a heartbeat may come behind it. */
  get lastOfJob(): SeenEvent | undefined {
    return this.events.findLast((event) => event.heartbeat === undefined);
  }

  get chunks(): SeenEvent[] {
    return this.events.filter(({ type }) => type === "chunks");
  }

  /** All fragments joined. */
  get streamedText(): string {
    return this.chunks.flatMap(({ chunks }) => chunks ?? []).join("");
  }

  /** Waits until it is so; fails when it is not so in time, telling what came. */
  async until(isSo: (stream: OpenStream) => boolean, timeoutMs = 20_000): Promise<void> {
    if (isSo(this)) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#listeners.delete(check);
        reject(
          new Error(`Not so within ${timeoutMs} ms; ${this.ending ?? "open"}; received: ${this.text.slice(0, 2000)}`),
        );
      }, timeoutMs);
      const check = (): void => {
        if (!isSo(this)) return;
        clearTimeout(timer);
        this.#listeners.delete(check);
        resolve();
      };
      this.#listeners.add(check);
    });
  }

  untilEvent(type: string): Promise<void> {
    return this.until(({ events }) => events.some((event) => event.type === type));
  }

  untilEnded(): Promise<void> {
    return this.until(({ ending }) => ending !== undefined);
  }

  async close(): Promise<void> {
    await this.#reader?.cancel();
  }

  async #read(): Promise<void> {
    try {
      for (;;) {
        const result = await this.#reader?.read();
        if (result === undefined || result.done) break;
        this.pieces.push(result.value);
        this.text += this.#decoder.decode(result.value, { stream: true });
        this.#tell();
      }
      this.ending = "end";
    } catch {
      this.ending = "error";
    }
    this.#tell();
  }

  #tell(): void {
    for (const check of [...this.#listeners]) check();
  }
}
