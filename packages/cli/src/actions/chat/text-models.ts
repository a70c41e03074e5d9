import type { Flowith, ModelInfo } from "flowith-webapi";

/** The models of the catalogue that answer with text. */
export async function textModels(client: Flowith, signal: AbortSignal): Promise<ModelInfo[]> {
  const models = await client.models.list({ signal });
  return models.filter(({ media }) => media == null || !/image|video|audio/i.test(media));
}
