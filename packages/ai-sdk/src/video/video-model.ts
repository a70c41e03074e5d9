import {
  InvalidArgumentError,
  type JSONValue,
  type Experimental_VideoModelV4OperationStartResult as StartResult,
  type Experimental_VideoModelV4OperationStatusResult as StatusResult,
  type Experimental_VideoModelV4 as VideoModelV4,
  type Experimental_VideoModelV4CallOptions as VideoModelV4CallOptions,
  type Experimental_VideoModelV4Result as VideoModelV4Result,
} from "@ai-sdk/provider";
import type { Connection } from "../connection.ts";
import { asAiCall } from "../errors.ts";
import { startByKey, statusByKey, waitByKey } from "./key-video.ts";
import type { CompletedVideo } from "./status.ts";
import { startByWeb, statusByWeb, waitByWeb } from "./web-video.ts";

/** What `doStatus` of the AI SDK takes. */
export interface StatusCall {
  operation: JSONValue;
  abortSignal?: AbortSignal;
  headers?: Record<string, string | undefined>;
}

/** What an AI SDK is given that knows no operations. */
type Clips = Pick<VideoModelV4Result, "warnings" | "response" | "providerMetadata"> & Pick<CompletedVideo, "videos">;

/** A model for clips. Its operation is the handle of a job, so that any process can ask for it. */
export class FlowithVideoModel implements VideoModelV4 {
  readonly specificationVersion = "v4";
  readonly provider = "flowith.video";
  readonly modelId: string;
  readonly maxVideosPerCall = 1;
  readonly #connection: Connection;

  constructor(modelId: string, connection: Connection) {
    this.modelId = modelId;
    this.#connection = connection;
  }

  async doStart(options: VideoModelV4CallOptions): Promise<StartResult> {
    return asAiCall("submitVideo", async () => {
      const { prompt } = options;
      if (prompt === undefined || prompt === "") {
        const message = "Flowith makes clips by words: a prompt is needed, also with a picture.";
        throw new InvalidArgumentError({ argument: "prompt", message });
      }
      const { developer, client } = this.#connection.get();
      const { handle, warnings } =
        developer === undefined
          ? await startByWeb(client, { ...options, prompt, modelId: this.modelId })
          : await startByKey(developer, { ...options, prompt, modelId: this.modelId });
      // The handle is JSON by its type, but for values that are not there.
      const operation: JSONValue = JSON.parse(JSON.stringify(handle));
      return { operation, warnings, providerMetadata: { flowith: { handle: operation } }, response: this.#response() };
    });
  }

  async doStatus({ operation, abortSignal: signal, headers }: StatusCall): Promise<StatusResult> {
    return asAiCall("resume", async () => {
      const { developer, client } = this.#connection.get();
      const options = { signal, headers };
      const status =
        developer === undefined
          ? await statusByWeb(client, operation, options)
          : await statusByKey(developer, operation, options);
      return { ...status, response: this.#response() };
    });
  }

  /** For an AI SDK that knows no operations: starts, and waits for the end. */
  async startAndWait(options: VideoModelV4CallOptions): Promise<Clips> {
    const { operation, warnings } = await this.doStart(options);
    return asAiCall("resume", async () => {
      const { developer, client } = this.#connection.get();
      const call = { signal: options.abortSignal, headers: options.headers };
      const { videos, providerMetadata } =
        developer === undefined
          ? await waitByWeb(client, operation, call)
          : await waitByKey(developer, operation, call);
      return { videos, warnings, providerMetadata: providerMetadata ?? {}, response: this.#response() };
    });
  }

  #response(): StartResult["response"] {
    return { timestamp: new Date(), modelId: this.modelId, headers: undefined };
  }
}
