import { isRecord, textOf } from "../wire/parse.ts";

/**
 * The ids of a list of models, whose shape is known of one endpoint only (wire 9): texts, or objects with an id, bare or
 * under `data` or `models`. Undefined where it is no list.
 */
export function idsOf(answer: unknown): string[] | undefined {
  const list: unknown = isRecord(answer) ? (answer.models ?? answer.data) : answer;
  if (isRecord(list)) return Array.isArray(list.models) ? idsOf(list.models) : Object.keys(list);
  if (!Array.isArray(list)) return undefined;
  return list.flatMap((one: unknown) => {
    const id = isRecord(one) ? (textOf(one.id) ?? textOf(one.model) ?? textOf(one.name)) : textOf(one);
    return id === undefined ? [] : [id];
  });
}
