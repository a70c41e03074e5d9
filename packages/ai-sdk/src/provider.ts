import type {
  EmbeddingModelV4,
  FilesV4,
  ImageModelV4,
  LanguageModelV4,
  ProviderV4,
  Experimental_VideoModelV4 as VideoModelV4,
} from "@ai-sdk/provider";
import { Connection } from "./connection.ts";
import { FlowithFiles } from "./files.ts";
import { FlowithImageModel } from "./image/image-model.ts";
import { FlowithLanguageModel } from "./language/language-model.ts";
import { named, noEmbeddings } from "./model-id.ts";
import type { FlowithProviderSettings } from "./settings.ts";
import { FlowithVideoModel } from "./video/video-model.ts";

/** What both faces have besides their models. */
export interface FlowithConnection {
  /**
   * Ends what the provider's own client has under way, such as its event connection, which else closes a second after the last
   * job. A client that was given stays open.
   */
  close(): void;
  [Symbol.dispose](): void;
}

/** Flowith for ai 7. */
export interface FlowithProvider extends ProviderV4, FlowithConnection {
  /** A model for text, by its id, such as `gpt-4.1-nano`. */
  (modelId: string): LanguageModelV4;
  languageModel(modelId: string): LanguageModelV4;
  imageModel(modelId: string): ImageModelV4;
  videoModel(modelId: string): VideoModelV4;
  files(): FilesV4;
  /** @throws NoSuchModelError: Flowith has none */
  embeddingModel(modelId: string): EmbeddingModelV4;
}

export function flowithV4(settings: FlowithProviderSettings): FlowithProvider {
  const connection = new Connection(settings);
  const languageModel = (modelId: string): LanguageModelV4 => new FlowithLanguageModel(named(modelId), connection);
  const close = (): void => connection.close();
  return Object.assign((modelId: string) => languageModel(modelId), {
    specificationVersion: "v4" as const,
    languageModel,
    imageModel: (modelId: string) => new FlowithImageModel(named(modelId), connection),
    videoModel: (modelId: string) => new FlowithVideoModel(named(modelId), connection),
    files: () => new FlowithFiles(connection),
    embeddingModel: noEmbeddings,
    close,
    [Symbol.dispose]: close,
  });
}
