import {
  type EmbeddingModelV3,
  type ImageModelV3,
  type LanguageModelV3,
  type LanguageModelV3CallOptions,
  type LanguageModelV3StreamPart,
  type LanguageModelV4CallOptions,
  type LanguageModelV4StreamPart,
  NoSuchModelError,
  type ProviderV3,
  type Experimental_VideoModelV3 as VideoModelV3,
} from "@ai-sdk/provider";
import { Connection } from "../connection.ts";
import { FlowithImageModel } from "../image/image-model.ts";
import { FlowithLanguageModel } from "../language/language-model.ts";
import type { FlowithConnection } from "../provider.ts";
import type { FlowithProviderSettings } from "../settings.ts";
import { FlowithVideoModel } from "../video/video-model.ts";
import { contentToV3, partToV3, reasonToV3, warningsToV3 } from "./parts-v3.ts";
import { promptToV4 } from "./prompt-v3.ts";

/** Flowith for ai 6, which also ai 7 takes. Files are uploaded by the client there: ai 6 knows no `files()`. */
export interface FlowithProviderV3 extends ProviderV3, FlowithConnection {
  /** A model for text, by its id, such as `gpt-4.1-nano`. */
  (modelId: string): LanguageModelV3;
  languageModel(modelId: string): LanguageModelV3;
  imageModel(modelId: string): ImageModelV3;
  videoModel(modelId: string): VideoModelV3;
  /** @throws NoSuchModelError: Flowith has none */
  embeddingModel(modelId: string): EmbeddingModelV3;
}

export function flowithV3(settings: FlowithProviderSettings): FlowithProviderV3 {
  const connection = new Connection(settings);
  const languageModel = (modelId: string): LanguageModelV3 => languageModelV3(modelId, connection);
  const close = (): void => connection.close();
  return Object.assign((modelId: string) => languageModel(modelId), {
    specificationVersion: "v3" as const,
    languageModel,
    imageModel: (modelId: string) => imageModelV3(modelId, connection),
    videoModel: (modelId: string) => videoModelV3(modelId, connection),
    embeddingModel: (modelId: string): EmbeddingModelV3 => {
      const message = "Flowith has no models for embeddings.";
      throw new NoSuchModelError({ modelId, modelType: "embeddingModel", message });
    },
    close,
    [Symbol.dispose]: close,
  });
}

function languageModelV3(modelId: string, connection: Connection): LanguageModelV3 {
  const model = new FlowithLanguageModel(modelId, connection);
  const { provider, supportedUrls } = model;
  return {
    specificationVersion: "v3",
    provider,
    modelId,
    supportedUrls,
    async doGenerate(options) {
      const { content, finishReason, usage, providerMetadata, response, warnings } = await model.doGenerate(
        callToV4(options),
      );
      return {
        content: contentToV3(content),
        finishReason: reasonToV3(finishReason),
        usage,
        providerMetadata: providerMetadata ?? {},
        response: response ?? {},
        warnings: warningsToV3(warnings),
      };
    },
    async doStream(options) {
      const { stream } = await model.doStream(callToV4(options));
      const toV3 = new TransformStream<LanguageModelV4StreamPart, LanguageModelV3StreamPart>({
        transform(part, controller) {
          for (const old of partToV3(part)) controller.enqueue(old);
        },
      });
      return { stream: stream.pipeThrough(toV3) };
    },
  };
}

function callToV4({ prompt, ...options }: LanguageModelV3CallOptions): LanguageModelV4CallOptions {
  return { ...options, prompt: promptToV4(prompt) };
}

function imageModelV3(modelId: string, connection: Connection): ImageModelV3 {
  const model = new FlowithImageModel(modelId, connection);
  const { provider, maxImagesPerCall } = model;
  return {
    specificationVersion: "v3",
    provider,
    modelId,
    maxImagesPerCall,
    async doGenerate(options) {
      const { images, warnings, providerMetadata, response } = await model.doGenerate(options);
      return { images, warnings: warningsToV3(warnings), providerMetadata: providerMetadata ?? {}, response };
    },
  };
}

function videoModelV3(modelId: string, connection: Connection): VideoModelV3 {
  const model = new FlowithVideoModel(modelId, connection);
  const { provider, maxVideosPerCall } = model;
  return {
    specificationVersion: "v3",
    provider,
    modelId,
    maxVideosPerCall,
    async doGenerate(options) {
      const { videos, warnings, providerMetadata, response } = await model.startAndWait(options);
      return {
        videos: videos.filter((video) => video.type !== "uploaded"),
        warnings: warningsToV3(warnings),
        providerMetadata: providerMetadata ?? {},
        response,
      };
    },
  };
}
