import {
  type FilesV4,
  type FilesV4UploadFileCallOptions,
  type FilesV4UploadFileResult,
  InvalidArgumentError,
  UnsupportedFunctionalityError,
} from "@ai-sdk/provider";
import { toBytes } from "./bytes.ts";
import { definedHeaders, flowithOptions } from "./call-options.ts";
import type { Connection } from "./connection.ts";
import { asAiCall } from "./errors.ts";

/** Files of the web app, which a prompt can name afterwards. */
export class FlowithFiles implements FilesV4 {
  readonly specificationVersion = "v4";
  readonly provider = "flowith.files";
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async uploadFile(options: FilesV4UploadFileCallOptions): Promise<FilesV4UploadFileResult> {
    const { data, mediaType, filename, abortSignal: signal, headers } = options;
    return asAiCall("uploadFile", async () => {
      const { timeout } = flowithOptions("file", options.providerOptions);
      const { client } = this.#connection.get();
      if (client === undefined) {
        const message = "The developer API stores no files. By the web app's sign-in they can be uploaded.";
        throw new UnsupportedFunctionalityError({ functionality: "uploadFile", message });
      }
      const type = mediaType.includes("/") ? mediaType : "";
      const source =
        data.type === "stream"
          ? data.stream.pipeThrough(filled())
          : new Blob([data.type === "text" ? data.text : toBytes(data.data)], { type });
      if (source instanceof Blob && source.size === 0) throw emptyFile();
      const { reference, url } = await client.uploadFile(source, {
        filename,
        ...(type === "" ? {} : { mimeType: type }),
        timeout,
        signal,
        headers: definedHeaders(headers),
      });
      return {
        providerReference: { flowith: reference },
        mediaType,
        ...(filename === undefined ? {} : { filename }),
        ...(source instanceof Blob ? { byteSize: source.size } : {}),
        providerMetadata: { flowith: { url } },
        warnings: [],
      };
    });
  }
}

/** A stream that fails where it ends without a byte. */
function filled(): TransformStream<Uint8Array, Uint8Array> {
  let isEmpty = true;
  return new TransformStream({
    transform(chunk, controller) {
      if (chunk.length > 0) isEmpty = false;
      controller.enqueue(chunk);
    },
    flush(controller) {
      if (isEmpty) controller.error(emptyFile());
    },
  });
}

function emptyFile(): InvalidArgumentError {
  const message = "The file is empty: it has no byte that a model could read.";
  return new InvalidArgumentError({ argument: "data", message });
}
