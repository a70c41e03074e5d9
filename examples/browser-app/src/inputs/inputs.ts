import type { FileRecord, Flowith } from "flowith-webapi";
import { createStore, type Store } from "../client/store.ts";

/** A file or picture that goes along with the next question. */
export interface Input {
  key: string;
  name: string;
  isPicture: boolean;
  /** Of 1. */
  progress: number;
  record?: FileRecord;
  problem?: unknown;
}

/** What was dropped, pasted or chosen. It is uploaded at once, so that sending need not wait. */
export class Inputs {
  readonly store: Store<readonly Input[]> = createStore<readonly Input[]>([]);
  readonly #flowith: Flowith;
  readonly #uploads = new Map<string, AbortController>();

  constructor(flowith: Flowith) {
    this.#flowith = flowith;
  }

  add(files: Iterable<File>): void {
    for (const file of files) void this.#upload(file);
  }

  /** Takes a picture that is at the service already. */
  use(url: string, name: string): void {
    const record: FileRecord = { url, fileType: "png", reference: `[[file:png|${name}|${url}]]`, raw: undefined };
    this.#put({ key: crypto.randomUUID(), name, isPicture: true, progress: 1, record });
  }

  remove(key: string): void {
    this.#uploads.get(key)?.abort();
    this.store.set((inputs) => inputs.filter((input) => input.key !== key));
  }

  /** What is ready, out of the list. What failed or is still on its way stays. */
  take(): Attached {
    const ready = this.store.get();
    this.store.set((inputs) => inputs.filter(({ record }) => record === undefined));
    const of = (arePictures: boolean) =>
      ready.flatMap(({ isPicture, record }) => (record && isPicture === arePictures ? [record] : []));
    return { pictures: of(true).map(({ url }) => url), references: of(false).map(({ reference }) => reference) };
  }

  close(): void {
    for (const upload of this.#uploads.values()) upload.abort();
  }

  async #upload(file: File): Promise<void> {
    const key = crypto.randomUUID();
    const stop = new AbortController();
    this.#uploads.set(key, stop);
    this.#put({ key, name: file.name, isPicture: file.type.startsWith("image/"), progress: 0 });
    try {
      const record = await this.#flowith.uploadFile(file, {
        signal: stop.signal,
        onProgress: ({ sentBytes = 0, totalBytes = 0 }) => {
          if (totalBytes > 0) this.#change(key, { progress: sentBytes / totalBytes });
        },
      });
      this.#change(key, { record, progress: 1 });
    } catch (problem) {
      if (!stop.signal.aborted) this.#change(key, { problem });
    } finally {
      this.#uploads.delete(key);
    }
  }

  #put(input: Input): void {
    this.store.set((inputs) => [...inputs, input]);
  }

  #change(key: string, change: Partial<Input>): void {
    this.store.set((inputs) => inputs.map((input) => (input.key === key ? { ...input, ...change } : input)));
  }
}

/** Pictures go beside the words, by their URLs; other files are named in them. */
export interface Attached {
  pictures: string[];
  references: string[];
}

export function isOnItsWay({ record, problem }: Input): boolean {
  return record === undefined && problem === undefined;
}
