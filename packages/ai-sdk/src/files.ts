import {
  type FilesV4,
  type FilesV4UploadFileCallOptions,
  type FilesV4UploadFileResult,
  UnsupportedFunctionalityError,
} from "@ai-sdk/provider";
import { toBytes } from "./bytes.ts";
import { definedHeaders } from "./call-options.ts";
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
      const { client } = this.#connection.get();
      if (client === undefined) {
        const message = "The developer API stores no files. By the web app's sign-in they can be uploaded.";
        throw new UnsupportedFunctionalityError({ functionality: "uploadFile", message });
      }
      const type = mediaType.includes("/") ? mediaType : "";
      const source =
        data.type === "stream"
          ? data.stream
          : new Blob([data.type === "text" ? data.text : toBytes(data.data)], { type });
      const { reference, url } = await client.uploadFile(source, {
        filename,
        ...(type === "" ? {} : { mimeType: type }),
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
