import { wordsOf } from "../http/response-error.ts";
import { textOf } from "../wire/parse.ts";
import type { RawRecord } from "../wire/records.ts";
import { isFailureWord } from "../wire/words.ts";
import { answerFailure, isEmptyError, isFailureCode } from "./answer-failure.ts";

/**
 * Does nothing where an answer with the status 200, or an event of one, tells no failure.
 * @param hasContent whether it has what was asked for: a mere word in it is then none about a failure
 * @throws what it tells, in whichever form: this service hands on what the services behind it say
 */
export function throwIfTold(label: string, event: RawRecord, hasContent: boolean): void {
  const failure = answerFailure(label, toldError(event, hasContent), event);
  if (failure !== undefined) throw failure;
}

/** What is told, as it would stand in a field for errors. */
function toldError(event: RawRecord, hasContent: boolean): unknown {
  const { error, errors, detail, code } = event;
  const told: unknown[] = [error, ...(Array.isArray(errors) ? errors : [])];
  const named = told.find((one) => !isEmptyError(one));
  if (named !== undefined) return named;
  const message = wordsOf(event) ?? (event.tag === "error" ? textOf(event.content) : undefined);
  const isCalledSo = [event.object, event.type, event.tag].includes("error");
  const isMeantSo = message !== undefined && (wordsOf({ detail }) !== undefined || isFailureCode(event));
  const isFailed = event.success === false || isFailureWord(event.status);
  if (!isFailed && (hasContent || !(isCalledSo || isMeantSo))) return undefined;
  const type = event.type === "error" ? undefined : event.type;
  // A list of details is what a validation gives.
  return { message, type, code: code ?? (Array.isArray(detail) ? 422 : undefined) };
}
