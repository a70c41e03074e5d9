import type { FileRecord, FlowithClient } from "flowith-webapi";

/** Stores a file at the service, once for the same bytes. */
export type StoreFile = (
  source: Uint8Array<ArrayBuffer> | URL,
  about: { mediaType: string; filename: string | undefined },
) => Promise<FileRecord>;

/** A chat sends its earlier pictures with every turn; as many are remembered. */
const MOST = 200;

/** The files that were stored by a client, so that the same bytes are stored once. */
export class StoredFiles {
  readonly #client: FlowithClient;
  readonly #records = new Map<string, FileRecord>();

  constructor(client: FlowithClient) {
    this.#client = client;
  }

  /** Stores files within one call. */
  during(signal: AbortSignal | undefined): StoreFile {
    return async (source, { mediaType, filename }) => {
      const key = `${mediaType} ${filename} ${source instanceof URL ? source.href : await digest(source)}`;
      const known = this.#records.get(key);
      if (known !== undefined) return known;
      const file = source instanceof URL ? source : new Blob([source], { type: fullType(mediaType) });
      const record = await this.#client.uploadFile(file, { signal, filename });
      this.#records.set(key, record);
      const [oldest] = this.#records.keys();
      if (this.#records.size > MOST && oldest !== undefined) this.#records.delete(oldest);
      return record;
    };
  }
}

/** A type may stand without its second half, which then the bytes tell. */
function fullType(mediaType: string): string {
  return mediaType.includes("/") ? mediaType : "";
}

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
