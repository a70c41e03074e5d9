import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import type { FileOpener, FileSource } from "../files/file-source.ts";
import { dropSource } from "../files/once-only-source.ts";
import { pathOf } from "../files/path-source.ts";
import { httpUrl } from "../files/source-url.ts";
import type { FileRecord } from "../files/upload-file.ts";
import { defined } from "../options/defined.ts";
import type { CallOptions } from "../options/options.ts";
import { throwIfAborted } from "../timing/abort.ts";
import type { JobRequest, KindTools, Prepare } from "./kind.ts";

/**
 * A picture for a prompt: an http: or https: URL goes as it is; a path, Blob, bytes, stream or any other URL, such as a
 * data: URL, is uploaded first. A stream is ended when its
 * job fails before it is read. A call that begins no job, as where its prompt or options are refused, leaves it as it is.
 */
export type ImageSource = string | URL | FileSource | FileRecord;

/** The options that name pictures, whatever kind of job they are of. */
export interface PictureOptions {
  images?: ImageSource[] | undefined;
  image?: ImageSource | undefined;
  lastImage?: ImageSource | undefined;
}

/** The pictures of a prompt. Their URLs are asked for after `prepare`. */
export interface PromptPictures {
  prepare: Prepare;
  urls(): readonly string[];
}

/** URLs and stored files go as they are; everything else is uploaded first, in order. */
export function promptPictures(
  { upload }: KindTools,
  { verb, options, progress }: Pick<JobRequest<PictureOptions & CallOptions>, "verb" | "options" | "progress">,
): PromptPictures {
  const pictures = picturesOf(options);
  const { headers, maxRetries, timeout } = options;
  const urls: string[] = [];
  // The other limits are the job's, whose signal ends the upload too; `onResponse` is for its post.
  const call = { headers, maxRetries, timeout: { connectMs: timeout?.connectMs } };
  const store = async (source: string | URL | FileSource, signal: AbortSignal, label: string): Promise<string> => {
    progress.report("uploading");
    return (await upload(source, { ...call, signal }, label)).url;
  };
  return {
    async prepare(signal, first) {
      try {
        throwIfAborted(signal);
        await first?.();
        for (const { name, source } of pictures) {
          const label = `${verb}: ${name}`;
          if (isFileRecord(source)) urls.push(source.url);
          else urls.push(httpUrl(source, label) ?? (await store(source, signal, label)));
        }
      } catch (error) {
        for (const { source } of pictures) dropSource(source);
        throw error;
      }
    },
    urls: () => urls,
  };
}

/** @throws InvalidArgumentError before anything is uploaded or posted */
export function checkPictures(verb: string, options: PictureOptions): void {
  const wrong = picturesOf(options).find(({ source }) => !mayBePicture(source));
  if (wrong === undefined) return;
  throw new InvalidArgumentError(`${verb}: ${wrong.name} must be a URL, path, Blob, bytes, stream or stored file.`);
}

/**
 * The options with pictures of their own, which are opened later: the caller's list may have changed by then, and the process
 * be in another folder.
 * @param place see {@link FileOpener.place}
 */
export function withPlacedPictures<Options extends PictureOptions>(
  options: Options,
  place: FileOpener["place"],
): Options {
  const { images, image, lastImage } = options;
  if (images === undefined && image === undefined && lastImage === undefined) return options;
  const placed = (source: ImageSource): ImageSource => {
    if (typeof source === "string") return place?.(source) ?? source;
    const path = typeof source === "object" ? pathOf(source) : undefined;
    return path === undefined ? source : { path: place?.(path) ?? path };
  };
  const own: PictureOptions = {
    images: images?.map(placed),
    image: image && placed(image),
    lastImage: lastImage && placed(lastImage),
  };
  return { ...options, ...defined(own) };
}

/** All of them in their order, each by its name among the options. */
function picturesOf({ images = [], image, lastImage }: PictureOptions): { name: string; source: ImageSource }[] {
  // Copied first: `map` passes over what a list has no value for.
  const pictures = [...images].map((source, place) => ({ name: `images[${place}]`, source }));
  if (image !== undefined) pictures.push({ name: "image", source: image });
  if (lastImage !== undefined) pictures.push({ name: "lastImage", source: lastImage });
  return pictures;
}

/** The schemas take any value here. */
function mayBePicture(source: unknown): boolean {
  return (typeof source === "object" && source !== null) || (typeof source === "string" && source !== "");
}

function isFileRecord(source: ImageSource): source is FileRecord {
  return typeof source === "object" && "reference" in source && "url" in source && typeof source.url === "string";
}
