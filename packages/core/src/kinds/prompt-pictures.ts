import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import type { FileSource } from "../files/file-source.ts";
import { dropSource } from "../files/once-only-source.ts";
import { httpUrl } from "../files/source-url.ts";
import type { FileRecord } from "../files/upload-file.ts";
import type { CallOptions } from "../options/options.ts";
import type { ProgressReporter } from "../options/progress.ts";
import { throwIfAborted } from "../timing/abort.ts";
import type { KindTools, Prepare } from "./kind.ts";

/**
 * A picture for a prompt: an http: or https: URL goes as it is; a path, Blob, bytes, stream or any other URL, such as a
 * data: URL, is uploaded first. A stream is ended when its
 * job fails before it is read. A call that begins no job, as where its prompt or options are refused, leaves it as it is.
 */
export type ImageSource = string | URL | FileSource | FileRecord;

/** The pictures of a prompt. Their URLs are asked for after `prepare`. */
export interface PromptPictures {
  prepare: Prepare;
  urls(): readonly string[];
}

/** URLs and stored files go as they are; everything else is uploaded first, in order. */
export function promptPictures(
  { upload }: KindTools,
  sources: readonly ImageSource[],
  { headers, maxRetries, timeout }: CallOptions,
  progress: ProgressReporter,
): PromptPictures {
  const urls: string[] = [];
  // The other limits are the job's, whose signal ends the upload too; `onResponse` is for its post.
  const call = { headers, maxRetries, timeout: { connectMs: timeout?.connectMs } };
  const store = async (source: string | URL | FileSource, signal: AbortSignal): Promise<string> => {
    progress.report("uploading");
    return (await upload(source, { ...call, signal })).url;
  };
  return {
    async prepare(signal, first) {
      try {
        throwIfAborted(signal);
        await first?.();
        for (const source of sources) {
          if (isFileRecord(source)) urls.push(source.url);
          else urls.push(httpUrl(source) ?? (await store(source, signal)));
        }
      } catch (error) {
        for (const source of sources) dropSource(source);
        throw error;
      }
    },
    urls: () => urls,
  };
}

/** @throws InvalidArgumentError before anything is uploaded or posted */
export function checkImageSources(label: string, sources: readonly unknown[]): void {
  const wrong = sources.findIndex(
    (source) => (typeof source !== "object" && typeof source !== "string") || source === null || source === "",
  );
  if (wrong === -1) return;
  throw new InvalidArgumentError(`${label}: images[${wrong}] must be a URL, path, Blob, bytes, stream or stored file.`);
}

function isFileRecord(source: ImageSource): source is FileRecord {
  return typeof source === "object" && "reference" in source && "url" in source && typeof source.url === "string";
}
