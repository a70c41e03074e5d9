import * as v from "valibot";
import type { MediaDownload } from "../http/download.ts";
import { callable, filledText, flag } from "../options/option-values.ts";
import type { CallOptions, Progress } from "../options/options.ts";
import { callEntries } from "../options/options-check.ts";

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
  /** One without an extension gets that of what it is. Default: what the file host calls it, else the last part of the URL. */
  filename?: string | undefined;
  /** For buckets. Default: the file name. */
  key?: string | undefined;
  /** Default false: a free name is found, such as `picture (2).png`. A bucket needs `head` for that, as R2 has it. */
  overwrite?: boolean | undefined;
  /** The call ends with what it throws, or what a promise that it returns rejects with. */
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** What these options must be. */
export const saveSchema: v.StrictObjectSchema<v.ObjectEntries, undefined> = v.strictObject({
  ...callEntries,
  filename: v.optional(filledText),
  key: v.optional(filledText),
  overwrite: v.optional(flag),
  onProgress: v.optional(callable),
});

/** A picture or clip that was saved. */
export interface SavedMedia {
  /** The absolute path, or what names it in its target. */
  location: string;
  sizeBytes: number;
  mimeType: string;
}

/** What a runtime's adapter does to save a picture or clip. */
export interface MediaSaver {
  /**
   * Checks the target, then opens the download, and reads its body to the end or cancels it.
   * @throws FileSaveError, InvalidArgumentError
   */
  save(open: () => Promise<MediaDownload>, target: SaveTarget | undefined, options: SaveOptions): Promise<SavedMedia>;
}
