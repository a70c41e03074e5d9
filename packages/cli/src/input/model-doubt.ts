import { type Flowith, FlowithError } from "flowith-webapi";
import { CliError } from "../cli-error.ts";
import { near } from "../near.ts";
import { reportError } from "../output/error-report.ts";
import { oneLine } from "../output/printable.ts";

const MOST_SHOWN = 3;

/** After these the model may be what is wrong. */
const refusals = new Set(["api_error", "invalid_argument", "job_failed", "not_found", "server", "validation"]);

/** Ids that a mistyped one may have been meant for, as words; empty where all are far from it. */
export function nearModels(word: string, ids: readonly string[]): string {
  return near(word, ids).slice(0, MOST_SHOWN).map(oneLine).join(", ");
}

/**
 * An error of a job, which says so where the catalogue does not list the model. Asked afterwards: models that it does not list
 * may work all the same, and a request before each job would cost time.
 */
export async function withModelDoubt(
  client: Flowith,
  error: unknown,
  { model, signal }: { model: string | undefined; signal: AbortSignal },
): Promise<unknown> {
  if (model === undefined || signal.aborted || !FlowithError.is(error) || !refusals.has(error.code)) return error;
  const listed = await client.models.list({ signal }).catch(() => undefined);
  const ids = listed?.map(({ modelId }) => modelId) ?? [model];
  if (ids.includes(model)) return error;
  const { message, exitCode, hint } = reportError(error);
  const names = nearModels(model, ids);
  const doubt = `The catalogue has no model ${JSON.stringify(oneLine(model))}${names === "" ? "" : `; near it: ${names}`}. \`flowith models\` shows all of them.`;
  return new CliError(message, {
    exitCode,
    code: error.code,
    hint: hint === undefined ? doubt : `${doubt}\n${hint}`,
    cause: error,
  });
}
