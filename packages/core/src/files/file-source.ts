import type { DispositionReader } from "../bytes/file-name.ts";

/**
 * What can be uploaded, besides a path or a URL. Strings and URL objects of http:, https:, data:, blob: and file: are URLs.
 * All of them are told by what they do, so that those of another realm, as of jsdom or an iframe, are as good. A path works where there is a disk; it is a plain object with nothing but `path`, so that no
 * request or stream which happens to have one is taken for it. What cannot be told apart is an object without a prototype
 * that a parser has made of a stranger's words, with `path` alone: never pass a parsed query or body as it is. An async iterable, such as a Node stream, gives bytes.
 * A stream, a Response and an iterator are read once, by one upload and from their first byte, and ended when the upload
 * fails, whether or not it came to read them.
 */
export type FileSource =
  | Blob
  | ArrayBuffer
  | ArrayBufferView
  | ReadableStream<Uint8Array>
  | Response
  | AsyncIterable<Uint8Array>
  | { path: string };

/** A file on the platform's disk, found but not opened yet. */
export interface OpenedFile {
  name: string;
  sizeBytes: number;
  /** Opens it at its first read, anew for each attempt, and closes it at its end or when it is cancelled. */
  stream(): ReadableStream<Uint8Array>;
}

/** What a runtime's adapter does to open a path. */
export interface FileOpener {
  /**
   * @param label what it is read for, for errors, such as "uploadFile"
   * @throws InvalidArgumentError where the path cannot be read, or the platform has no paths
   */
  open(path: string, label: string): Promise<OpenedFile>;
  /**
   * The path from the root, by the folder that the process is in now: for what is opened later. Undefined where the
   * platform has no paths. What is no path stays as it is, to be refused when it is opened.
   */
  place?: ((path: string) => string) | undefined;
  /** How file hosts say what their files are called. Without it, the name in the address counts. */
  readDisposition?: DispositionReader | undefined;
}
