import type { CallOptions, Progress } from "../options/options.ts";

/**
 * Where a picture or clip goes: a path or file URL (Node, Deno, Bun), a directory handle (browsers; without a target the
 * page offers a download), or anything with `put` such as an R2 bucket (Workers). `put` must have read the stream when it
 * resolves; as a third argument it gets R2's options, with the content type. What a platform lacks is refused with an
 * `InvalidArgumentError`.
 */
export type SaveTarget =
  | string
  | URL
  | { getFileHandle(name: string, options?: { create?: boolean }): Promise<unknown> }
  | { put(key: string, value: ReadableStream<Uint8Array>): Promise<unknown> };

/** How and under which name a picture or clip is saved. */
export interface SaveOptions extends CallOptions {
  /** Default: the name in the URL. */
  filename?: string | undefined;
  /** For buckets. Default: the file name. */
  key?: string | undefined;
  /** Default false: a free name is found, such as `picture (2).png`. A bucket needs `head` for that, as R2 has it. */
  overwrite?: boolean | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** A picture or clip that was saved. */
export interface SavedMedia {
  /** The absolute path, or what names it in its target. */
  location: string;
  sizeBytes: number;
  mimeType: string;
}

/**
 * What can be uploaded. A path works where there is a disk; it is an object of its own with nothing but `path`, so that
 * no request or stream which happens to have one is taken for it. An async iterable, such as a Node stream, gives bytes;
 * it is read once, and ended when the upload fails.
 */
export type FileSource =
  | Blob
  | ArrayBuffer
  | ArrayBufferView
  | ReadableStream<Uint8Array>
  | Response
  | AsyncIterable<Uint8Array>
  | { path: string };

/** A file that is on its way here. */
export interface MediaDownload {
  url: string;
  headers: Headers;
  body: ReadableStream<Uint8Array>;
}

/** A file on the platform's disk, found but not opened yet. */
export interface OpenedFile {
  name: string;
  sizeBytes: number;
  /** Opens it at its first read, anew for each attempt, and closes it at its end or when it is cancelled. */
  stream(): ReadableStream<Uint8Array>;
}

/** What a runtime's adapter does with files. */
export interface FilesPort {
  /** @throws InvalidArgumentError where the path cannot be read, or the platform has no paths */
  open(path: string): Promise<OpenedFile>;
  /**
   * Checks the target, then opens the download, and reads its body to the end or cancels it.
   * @throws FileSaveError, InvalidArgumentError
   */
  save(open: () => Promise<MediaDownload>, target: SaveTarget | undefined, options: SaveOptions): Promise<SavedMedia>;
}
