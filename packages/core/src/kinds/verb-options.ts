import type { FileSource } from "../files/file-source.ts";
import type { FileRecord } from "../files/upload-file.ts";
import type { JobOptions } from "../options/options.ts";
import type { AspectRatio } from "./aspect-ratio.ts";
import type { Message } from "./messages.ts";

/** A picture for a prompt: a URL goes as it is; a path, Blob, bytes or stream is uploaded first. */
export type ImageSource = string | URL | FileSource | FileRecord;

/** Limits: 10 s to connect, 60 s to the first event, 120 s of silence, 600 s in all. */
export interface GenerateOptions extends JobOptions {
  /** A string that begins with http: or https: is a URL, else a path. */
  images?: ImageSource[] | undefined;
  /** Earlier turns; the prompt is appended. */
  messages?: Message[] | undefined;
  system?: string | undefined;
  /** Default `fold`: the system text is put before the first user message, which works with every model. */
  systemMode?: "fold" | "message" | undefined;
  /** Default `split`: `<think>` parts go to `reasoning`. With `raw` they stay in the text. */
  reasoning?: "split" | "raw" | undefined;
  /**
   * Default false. One request whose body is the text: the least latency, but nothing is kept on the canvas, and there
   * is no handle to find the text again by. Excludes `convId`, `parentId` and `onSubmit`.
   */
  direct?: boolean | undefined;
}

/** Limits: 10 s to connect, 300 s in all. */
export interface ImageOptions extends JobOptions {
  /** Default `1:1`. */
  aspectRatio?: AspectRatio | undefined;
  /** `512` (default), `1k`, `2k` or `4k`, as far as the model has it. */
  imageSize?: string | undefined;
  /** Default true, as the web app sends it. */
  agent?: boolean | undefined;
  /** Pictures to work from. */
  images?: ImageSource[] | undefined;
  /** Earlier turns; the prompt is appended. */
  messages?: Message[] | undefined;
}

/** Limits: 10 s to connect, 900 s in all. */
export interface VideoOptions extends JobOptions {
  /** The first frame. */
  image?: ImageSource | undefined;
  /** The last frame, for models that take one. */
  lastImage?: ImageSource | undefined;
  /** Default `16:9`. */
  aspectRatio?: AspectRatio | undefined;
  /** Default `480p`. */
  resolution?: string | undefined;
  /** Default true. */
  audio?: boolean | undefined;
  /** Default: the model's. */
  durationSeconds?: number | undefined;
  loop?: boolean | undefined;
}
