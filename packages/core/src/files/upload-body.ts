import { joined } from "../bytes/joined.ts";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import type { RequestBody } from "../http/request-init.ts";
import { type MultipartFrame, type MultipartStream, multipartStream } from "./multipart-body.ts";
import { tooLarge, type UploadContent } from "./upload-content.ts";

export interface UploadBodyOptions {
  /** For errors. */
  label: string;
  maxBytes: number;
  /** The file's bytes that the body has given to the runtime, in this attempt. */
  onSent(sentBytes: number): void;
  /** What the file, or its limit, ends the upload with. */
  onError(error: unknown): void;
}

/** The body of an upload, made anew for each attempt where the file can be read again. */
export class UploadBody {
  readonly #frame: MultipartFrame;
  readonly #content: UploadContent;
  readonly #options: UploadBodyOptions;
  #current: MultipartStream | undefined;

  constructor(frame: MultipartFrame, content: UploadContent, options: UploadBodyOptions) {
    this.#frame = frame;
    this.#content = content;
    this.#options = options;
  }

  /** Undefined where the body goes out in chunks. */
  get lengthBytes(): number | undefined {
    const { sizeBytes, isRepeatable } = this.#content.source;
    if (sizeBytes === undefined || !isRepeatable) return undefined;
    return this.#frame.head.byteLength + sizeBytes + this.#frame.tail.byteLength;
  }

  next(): RequestBody {
    const { head, tail } = this.#frame;
    const { source, whole } = this.#content;
    if (whole instanceof Uint8Array) {
      return joined([head, whole, tail], head.byteLength + whole.byteLength + tail.byteLength);
    }
    if (whole !== undefined) return new Blob([head, whole, tail]);
    this.#current?.stop(new Error("The upload began anew."));
    this.#current = multipartStream(this.#frame, source.open(), {
      inspect: this.#inspector(),
      onError: this.#options.onError,
    });
    return this.#current.stream;
  }

  /** Lets go of the file, however far it was read. */
  stop(reason: unknown): void {
    const { source, whole } = this.#content;
    if (this.#current !== undefined) this.#current.stop(reason);
    else if (whole === undefined && !source.isRepeatable) void source.open().cancel(reason);
  }

  #inspector(): (part: Uint8Array | undefined) => void {
    const { label, maxBytes, onSent } = this.#options;
    const { sizeBytes, isRepeatable } = this.#content.source;
    let sentBytes = 0;
    return (part) => {
      sentBytes += part?.byteLength ?? 0;
      if (sentBytes > maxBytes) throw tooLarge(label, maxBytes);
      if (isRepeatable && (part === undefined ? sentBytes !== sizeBytes : sentBytes > (sizeBytes ?? 0))) {
        throw new InvalidArgumentError(`${label}: the file changed while it was sent, so it was not stored.`);
      }
      if (part !== undefined) onSent(sentBytes);
    };
  }
}
