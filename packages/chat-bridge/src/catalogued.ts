import { type FlowithClient, type ModelInfo, NotFoundError } from "flowith-webapi";

/** What the catalogue says of a model; undefined where it does not have it. */
export async function catalogued(
  client: FlowithClient,
  modelId: string,
  signal: AbortSignal | undefined,
): Promise<ModelInfo | undefined> {
  try {
    return await client.models.get(modelId, { signal });
  } catch (error) {
    if (NotFoundError.is(error)) return;
    throw error;
  }
}
