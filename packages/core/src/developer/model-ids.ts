import type { CallOptions } from "../options/options.ts";
import { isRecord, otherKind, textOf } from "../wire/parse.ts";
import type { DeveloperApi } from "./developer-api.ts";
import { throwIfTold } from "./told-failure.ts";

/** @throws what the service tells in place of a list; ResponseShapeError where it is none */
export async function readModelIds(api: DeveloperApi, path: string, options: CallOptions): Promise<string[]> {
  const label = `GET ${path}`;
  const answer = await api.read(path, {}, options);
  if (isRecord(answer)) throwIfTold(label, answer, Array.isArray(answer.models ?? answer.data));
  const ids = idsOf(answer);
  if (ids === undefined) throw otherKind(`${label} answered with`, "something", "a list of models was", answer);
  return ids;
}

/**
 * The ids of a list of models, whose shape is known of one endpoint only (wire 9): texts, or objects with an id, bare or
 * under `data` or `models`. Undefined where it is no list.
 */
function idsOf(answer: unknown): string[] | undefined {
  const list: unknown = isRecord(answer) ? (answer.models ?? answer.data) : answer;
  if (isRecord(list)) return Array.isArray(list.models) ? idsOf(list.models) : Object.keys(list);
  if (!Array.isArray(list)) return undefined;
  return list.flatMap((one: unknown) => {
    const id = isRecord(one) ? (textOf(one.id) ?? textOf(one.model) ?? textOf(one.name)) : textOf(one);
    return id === undefined ? [] : [id];
  });
}
