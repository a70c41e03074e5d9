import {
  APICallError,
  type ImageModelV4,
  type ImageModelV4CallOptions,
  type ImageModelV4Result,
  InvalidArgumentError,
  UnsupportedFunctionalityError,
} from "@ai-sdk/provider";
import { catalogued } from "@flowith-webapi/chat-bridge";
import { type FlowithClient, FlowithError, type GeneratedImage } from "flowith-webapi";
import type { DeveloperClient } from "flowith-webapi/developer";
import { definedHeaders, flowithOptions } from "../call-options.ts";
import type { Connection } from "../connection.ts";
import { wordsFor } from "../error-words.ts";
import { asAiCall } from "../errors.ts";
import { unsupported } from "../warnings.ts";
import { fileBlob, fileUrls } from "./given-files.ts";
import { measures, sizeOf } from "./measures.ts";

/** A model for pictures. */
export class FlowithImageModel implements ImageModelV4 {
  readonly specificationVersion = "v4";
  readonly provider = "flowith.image";
  readonly modelId: string;
  /** Each picture is a job of its own; the AI SDK starts as many calls as it needs. */
  readonly maxImagesPerCall = 1;
  readonly supportsFileInputs = true;
  readonly supportsMaskInputs = false;
  readonly #connection: Connection;

  constructor(modelId: string, connection: Connection) {
    this.modelId = modelId;
    this.#connection = connection;
  }

  async doGenerate(options: ImageModelV4CallOptions): Promise<ImageModelV4Result> {
    const { about, ...result } = await this.generate(options);
    return { ...result, providerMetadata: { flowith: { images: about } } };
  }

  async generate(options: ImageModelV4CallOptions): Promise<Pictures> {
    return asAiCall("generateImage", async () => {
      const { prompt } = options;
      if (prompt === undefined || prompt === "") {
        const message = "Flowith draws by words: a prompt is needed, also for a picture that is made of others.";
        throw new InvalidArgumentError({ argument: "prompt", message });
      }
      if (options.mask !== undefined) {
        const message = "Flowith takes no mask. Say in the prompt which part of the picture is to change.";
        throw new UnsupportedFunctionalityError({ functionality: "mask", message });
      }
      const { developer, client } = this.#connection.get();
      return developer === undefined ? this.#byWeb(client, prompt, options) : this.#byKey(developer, prompt, options);
    });
  }

  async #byWeb(client: FlowithClient, prompt: string, call: ImageModelV4CallOptions): Promise<Pictures> {
    const { seed, files = [], abortSignal: signal } = call;
    const own = flowithOptions("image", call.providerOptions);
    const isSized = sizeOf(call.size) !== undefined;
    const known = isSized ? await catalogued(client, this.modelId, signal) : undefined;
    const { aspectRatio, imageSize, warnings } = measures(call, known);
    const output = await client.generateImage(prompt, {
      aspectRatio,
      imageSize,
      ...own,
      model: this.modelId,
      images: files.map((file) => (file.type === "url" ? file.url : fileBlob(file))),
      signal,
      headers: definedHeaders(call.headers),
    });
    const { nodeId, convId, model } = output;
    return this.#result(output.images, {
      warnings: [...warnings, ...unsupported({ seed }, NO_SEED)],
      about: { nodeId, convId, model },
      signal,
    });
  }

  async #byKey(developer: DeveloperClient, prompt: string, call: ImageModelV4CallOptions): Promise<Pictures> {
    const { seed, files = [], abortSignal: signal } = call;
    const { timeout, extraBody, ...web } = flowithOptions("image", call.providerOptions);
    const { aspectRatio, warnings } = measures(call, undefined);
    const { image, cost, model } = await developer.generateImage(prompt, {
      aspectRatio,
      model: this.modelId,
      imageUrls: fileUrls(files),
      timeout,
      extraBody,
      signal,
      headers: definedHeaders(call.headers),
    });
    return this.#result([image], {
      warnings: [
        ...warnings,
        ...unsupported({ seed }, NO_SEED),
        ...unsupported({ ...web }, "It belongs to the web app's sign-in."),
      ],
      about: { model, ...(cost === undefined ? {} : { cost }) },
      signal,
    });
  }

  async #result(
    images: readonly GeneratedImage[],
    { warnings, about, signal }: Pick<Pictures, "warnings"> & { about: About; signal: AbortSignal | undefined },
  ): Promise<Pictures> {
    return {
      images: await Promise.all(images.map((image) => loaded(image, signal))),
      about: images.map(({ url }) => ({ url, ...about })),
      warnings,
      response: { timestamp: new Date(), modelId: about.model, headers: undefined },
    };
  }
}

type About = { model: string; nodeId?: string; convId?: string; cost?: number };

/** What either face makes its result of. */
export interface Pictures extends Pick<ImageModelV4Result, "warnings" | "response"> {
  images: Uint8Array[];
  /** Of each picture, where it is and stands. */
  about: (About & { url: string })[];
}

const NO_SEED = "Flowith has no seed.";

/** A picture that cannot be loaded is paid for all the same, so its address is told. */
async function loaded(image: GeneratedImage, signal: AbortSignal | undefined): Promise<Uint8Array> {
  try {
    return await image.bytes({ signal });
  } catch (error) {
    if (!FlowithError.is(error)) throw error;
    const { message, code } = error;
    throw new APICallError({
      message: `${wordsFor(message)} The picture is there, and can be loaded from ${image.url}`,
      url: image.url,
      requestBodyValues: {},
      isRetryable: false,
      cause: error,
      data: { code, isRetryable: error.isRetryable, url: image.url },
    });
  }
}
