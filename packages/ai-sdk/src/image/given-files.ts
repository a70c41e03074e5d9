import {
  type ImageModelV4File,
  UnsupportedFunctionalityError,
  type Experimental_VideoModelV4File as VideoModelV4File,
} from "@ai-sdk/provider";
import { toBytes } from "../bytes.ts";

type GivenFile = ImageModelV4File | VideoModelV4File;

/** A file of a call, as the client takes one. */
export function fileBlob({ data, mediaType }: Extract<GivenFile, { type: "file" }>): Blob {
  return new Blob([toBytes(data)], { type: mediaType.includes("/") ? mediaType : "" });
}

/** A file of a call for the web app's client: its address, or its bytes. */
export function fileSource(file: GivenFile): string | Blob {
  return file.type === "url" ? file.url : fileBlob(file);
}

/** @throws UnsupportedFunctionalityError for bytes, which the developer API has no place for */
export function fileUrls(files: readonly GivenFile[]): string[] {
  return files.map((file) => {
    if (file.type === "url") return file.url;
    const message = "The developer API takes pictures by their addresses. By the web app's sign-in bytes can be given.";
    throw new UnsupportedFunctionalityError({ functionality: "picture by its bytes", message });
  });
}
