import { bytesOf } from "../bytes/bytes-of.ts";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { kindOf } from "../options/describe-issue.ts";

/** The reader of a web stream, or an iterator. Who made it may keep to the protocol or not. */
export interface PartReader {
  read(): Promise<{ done?: boolean | undefined; value?: unknown }>;
  cancel(reason: unknown): Promise<unknown>;
}

/** Reads a file's source part by part, and lets nothing pass that is no bytes. */
export class SourceReader {
  readonly #parts: PartReader;
  #unread: Uint8Array<ArrayBuffer>[] = [];

  constructor(parts: PartReader) {
    this.#parts = parts;
  }

  /** @returns the next bytes; undefined at the end @throws what the source fails with; InvalidArgumentError */
  async next(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const unread = this.#unread.shift();
    if (unread !== undefined) return unread;
    const { done, value } = await this.#parts.read();
    if (done) return undefined;
    const bytes = bytesOf(value);
    // Whose memory it is may be used again for what is read next.
    if (bytes !== undefined) return new Uint8Array(bytes);
    const error = new InvalidArgumentError(
      `uploadFile: the source must give bytes (Uint8Array), not ${kindOf(value)}. A web stream gives them through TextEncoderStream, a Node stream without setEncoding and objectMode.`,
    );
    void this.cancel(error);
    throw error;
  }

  /** Puts back what was read, to be read again. */
  unread(parts: readonly Uint8Array<ArrayBuffer>[]): void {
    this.#unread = [...parts];
  }

  /** Lets go of the source. Never rejects. */
  async cancel(reason: unknown): Promise<void> {
    await this.#parts.cancel(reason).catch(() => undefined);
  }
}
