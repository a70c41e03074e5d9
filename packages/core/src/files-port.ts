import type { SavedMedia, SaveOptions, SaveTarget } from "./media/generated-media.ts";

/** What can be uploaded. A path works where there is a disk. */
export type FileSource = Blob | ArrayBuffer | Uint8Array | ReadableStream<Uint8Array> | Response | { path: string };

/** A file that is on its way here. */
export interface MediaDownload {
  url: string;
  headers: Headers;
  body: ReadableStream<Uint8Array>;
}

/** A file on the platform's disk, opened for an upload. */
export interface OpenedFile {
  blob: Blob;
  name: string;
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
