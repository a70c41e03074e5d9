import { bytesOf } from "../bytes/bytes-of.ts";
import { unsharedBytes } from "../bytes/unshared-bytes.ts";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { kindOf } from "../text/kind-of.ts";
import { breathing } from "../timing/breathing.ts";

/** The reader of a web stream, or an iterator. Who made it may keep to the protocol or not. */
export interface PartReader {
  read(): Promise<{ done?: boolean | undefined; value?: unknown } | undefined>;
  cancel(reason: unknown): Promise<unknown>;
}

export interface SourceReaderOptions {
  /** What the source is read for, for errors, such as "uploadFile". */
  label: string;
  /** Whether each part's memory is for its reader alone. Default false: who gave it may use it for what is read next. */
  isGivenAway?: boolean | undefined;
}

/** Reads a file's source part by part, and lets nothing pass that is no bytes. */
export class SourceReader {
  readonly #parts: PartReader;
  readonly #options: SourceReaderOptions;
  readonly #breathe: () => Promise<void> = breathing();
  #unread: Uint8Array<ArrayBuffer>[] = [];
  #isCancelled = false;

  constructor(parts: PartReader, options: SourceReaderOptions) {
    this.#parts = parts;
    this.#options = options;
  }

  /**
   * @param wantedBytes packs small parts until there are so many
   * @returns bytes, at least one of them; undefined at the end
   * @throws what the source fails with; InvalidArgumentError
   */
  async next(wantedBytes: number = 1): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const unread = this.#unread.shift();
    if (unread !== undefined) return unread;
    let block = new Uint8Array();
    let sizeBytes = 0;
    while (sizeBytes < wantedBytes && !this.#isCancelled) {
      await this.#breathe();
      const { done, value } = (await this.#parts.read()) ?? {};
      if (done) break;
      const part = checked(value, this.#options.label);
      const nextBytes = sizeBytes + part.byteLength;
      if (this.#options.isGivenAway && sizeBytes === 0 && nextBytes >= wantedBytes) return unsharedBytes(part);
      if (nextBytes > block.byteLength) {
        const larger = new Uint8Array(Math.max(wantedBytes, nextBytes));
        larger.set(block);
        block = larger;
      }
      block.set(part, sizeBytes);
      sizeBytes = nextBytes;
    }
    return sizeBytes === 0 ? undefined : block.subarray(0, sizeBytes);
  }

  /** Puts back what was read, to be read again. */
  unread(parts: readonly Uint8Array<ArrayBuffer>[]): void {
    this.#unread = [...parts];
  }

  /** Lets go of the source. Never rejects. */
  async cancel(reason: unknown): Promise<void> {
    this.#isCancelled = true;
    await this.#parts.cancel(reason).catch(() => undefined);
  }
}

function checked(part: unknown, label: string): Uint8Array {
  const bytes = bytesOf(part);
  if (bytes !== undefined) return bytes;
  throw new InvalidArgumentError(
    `${label}: the source must give bytes (Uint8Array), not ${kindOf(part)}. A web stream gives them through TextEncoderStream, a Node stream without setEncoding and objectMode.`,
  );
}
