import type { ServerResponse } from "node:http";
import type { Frames } from "./frames.ts";

const RING_SIZE = 8;
const HEARTBEAT = 'data: {"heartbeat":1779127465201}\n\n';
/** As the real service has it. A client that has seen one takes a longer silence for a dead connection. */
const HEARTBEAT_MS = 5_000;

/** The open event streams. There is one user, so that every stream gets everything. */
export class StreamHub {
  readonly #streams = new Set<ServerResponse>();

  constructor() {
    setInterval(() => this.write(HEARTBEAT), HEARTBEAT_MS).unref();
  }

  get size(): number {
    return this.#streams.size;
  }

  add(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
    response.write(HEARTBEAT);
    this.#streams.add(response);
    response.on("close", () => this.#streams.delete(response));
  }

  write(text: string | Buffer): void {
    for (const stream of this.#streams) stream.write(text);
  }

  /** Sends all frames as fast as the slowest reader takes them. */
  async blast(frames: Frames): Promise<void> {
    const written: Promise<void>[] = [];
    const isFree = async (slot: number): Promise<void> => written[slot];
    for await (const [batch, slot] of frames.batches(RING_SIZE, isFree)) written[slot] = this.#writeAll(batch);
    await Promise.all(written);
  }

  async #writeAll(batch: Buffer): Promise<void> {
    const writes = [...this.#streams].map(
      (stream) =>
        new Promise<void>((resolve) => {
          stream.write(batch, () => resolve());
        }),
    );
    await Promise.all(writes);
  }
}
