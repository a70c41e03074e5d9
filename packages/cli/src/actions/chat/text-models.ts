import { type Flowith, FlowithError, type ModelInfo } from "flowith-webapi";
import { notFoundError, usageError } from "../../cli-error.ts";
import { nearModels } from "../../input/model-doubt.ts";
import { oneLine } from "../../output/printable.ts";

function isTextModel({ media }: ModelInfo): boolean {
  return media == null || !/image|video|audio/i.test(media);
}

/** The models of the catalogue that answer with text. */
export async function textModels(client: Flowith, signal: AbortSignal): Promise<ModelInfo[]> {
  return (await client.models.list({ signal })).filter(isTextModel);
}

/**
 * @returns false where the catalogue could not be asked
 * @throws CliError for a model that it does not list, or that answers with something else than text
 */
export async function checkTextModel(client: Flowith, id: string, signal: AbortSignal): Promise<boolean> {
  let models: ModelInfo[];
  try {
    models = await client.models.list({ signal });
  } catch (error) {
    if (signal.aborted || !FlowithError.is(error)) throw error;
    return false;
  }
  const found = models.find(({ modelId }) => modelId === id);
  if (found !== undefined && isTextModel(found)) return true;
  const texts = models.filter(isTextModel).map(({ modelId }) => modelId);
  const names = nearModels(id, texts);
  const nearby = names === "" ? "" : ` Near it: ${names}.`;
  const what = found === undefined ? "is not in the catalogue" : `makes ${found.media}, and does not answer in words`;
  const refusal = found === undefined ? notFoundError : usageError;
  throw refusal(
    oneLine(`The model ${id} ${what}.${nearby}`),
    "In the chat, /model lists all, and /model! takes one that is not in the catalogue.",
  );
}
