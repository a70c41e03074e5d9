import { InvalidArgumentError, NoSuchModelError } from "@ai-sdk/provider";

/**
 * The id of a model as it was given.
 * @throws InvalidArgumentError for one that says nothing, for which a client would take its default model, which is paid too
 */
export function named(modelId: unknown): string {
  if (typeof modelId === "string" && modelId.trim() !== "") return modelId;
  const given = typeof modelId === "string" ? "an empty text" : String(modelId);
  const message = `flowith: the id of a model must be a text such as "gpt-4.1-nano", not ${given}.`;
  throw new InvalidArgumentError({ argument: "modelId", message });
}

/** @throws NoSuchModelError: Flowith has none */
export function noEmbeddings(modelId: string): never {
  const message = "Flowith has no models for embeddings.";
  throw new NoSuchModelError({ modelId, modelType: "embeddingModel", message });
}
