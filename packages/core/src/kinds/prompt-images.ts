import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import type { FileSource } from "../files/file-source.ts";
import { httpUrl } from "../files/http-url.ts";
import type { FileRecord } from "../files/upload-file.ts";
import type { ImageSource } from "./verb-options.ts";

/** The URLs of a prompt's pictures: URLs and stored files as they are, everything else uploaded first, in order. */
export async function promptImageUrls(
  sources: readonly ImageSource[],
  upload: (source: string | URL | FileSource) => Promise<FileRecord>,
): Promise<string[]> {
  const urls: string[] = [];
  for (const source of sources) {
    if (isFileRecord(source)) urls.push(source.url);
    else urls.push(httpUrl(source)?.href ?? (await upload(source)).url);
  }
  return urls;
}

/** @throws InvalidArgumentError before anything is uploaded or posted */
export function checkImageSources(of: string, sources: readonly unknown[]): void {
  const wrong = sources.findIndex(
    (source) => (typeof source !== "object" && typeof source !== "string") || source === null || source === "",
  );
  if (wrong === -1) return;
  throw new InvalidArgumentError(`${of}: images[${wrong}] must be a URL, path, Blob, bytes, stream or stored file.`);
}

function isFileRecord(source: ImageSource): source is FileRecord {
  return typeof source === "object" && "reference" in source && "url" in source && typeof source.url === "string";
}
