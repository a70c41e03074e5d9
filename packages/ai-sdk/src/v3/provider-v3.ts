import type {
  LanguageModelV3CallOptions,
  LanguageModelV4CallOptions,
  LanguageModelV4StreamPart,
} from "@ai-sdk/provider";
import { Connection } from "../connection.ts";
import { FlowithImageModel } from "../image/image-model.ts";
import { jsonFields } from "../json.ts";
import { FlowithLanguageModel } from "../language/language-model.ts";
import { named, noEmbeddings } from "../model-id.ts";
import type { FlowithConnection } from "../provider.ts";
import type { FlowithProviderSettings } from "../settings.ts";
import { FlowithVideoModel } from "../video/video-model.ts";
import { contentToV3, finishToV3, metadataToV3, partToV3, warningsToV3 } from "./parts-v3.ts";
import { promptToV4 } from "./prompt-v3.ts";
import type { FlowithImageModelV3, FlowithLanguageModelV3, FlowithVideoModelV3, StreamPartV3 } from "./types-v3.ts";

/** Flowith for ai 6, which also ai 7 takes. Files are uploaded by the client there: ai 6 knows no `files()`. */
export interface FlowithProviderV3 extends FlowithConnection {
  readonly specificationVersion: "v3";
  /** A model for text, by its id, such as `gpt-4.1-nano`. */
  (modelId: string): FlowithLanguageModelV3;
  languageModel(modelId: string): FlowithLanguageModelV3;
  imageModel(modelId: string): FlowithImageModelV3;
  videoModel(modelId: string): FlowithVideoModelV3;
  /** @throws NoSuchModelError: Flowith has none */
  embeddingModel(modelId: string): never;
}

export function flowithV3(settings: FlowithProviderSettings): FlowithProviderV3 {
  const connection = new Connection(settings);
  const languageModel = (modelId: string): FlowithLanguageModelV3 => languageModelV3(named(modelId), connection);
  const close = (): void => connection.close();
  return Object.assign((modelId: string) => languageModel(modelId), {
    specificationVersion: "v3" as const,
    languageModel,
    imageModel: (modelId: string) => imageModelV3(named(modelId), connection),
    videoModel: (modelId: string) => videoModelV3(named(modelId), connection),
    embeddingModel: noEmbeddings,
    close,
    [Symbol.dispose]: close,
  });
}

function languageModelV3(modelId: string, connection: Connection): FlowithLanguageModelV3 {
  const model = new FlowithLanguageModel(modelId, connection);
  const { provider, supportedUrls } = model;
  return {
    specificationVersion: "v3",
    provider,
    modelId,
    supportedUrls,
    async doGenerate(options) {
      const { content, response, warnings, ...finish } = await model.doGenerate(callToV4(options));
      return {
        content: contentToV3(content),
        ...finishToV3(finish),
        response: response ?? {},
        warnings: warningsToV3(warnings),
      };
    },
    async doStream(options) {
      const { stream } = await model.doStream(callToV4(options));
      const toV3 = new TransformStream<LanguageModelV4StreamPart, StreamPartV3>({
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

function imageModelV3(modelId: string, connection: Connection): FlowithImageModelV3 {
  const model = new FlowithImageModel(modelId, connection);
  const { provider, maxImagesPerCall } = model;
  return {
    specificationVersion: "v3",
    provider,
    modelId,
    maxImagesPerCall,
    async doGenerate(options) {
      const { images, about, warnings, response } = await model.generate(options);
      const providerMetadata = { flowith: { images: about.map(jsonFields) } };
      return { images, warnings: warningsToV3(warnings), providerMetadata, response };
    },
  };
}

function videoModelV3(modelId: string, connection: Connection): FlowithVideoModelV3 {
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
        videos,
        warnings: warningsToV3(warnings),
        providerMetadata: metadataToV3(providerMetadata),
        response,
      };
    },
  };
}
