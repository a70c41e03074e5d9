import type { FlowithError } from "../errors/flowith-error.ts";
import { wordsOf } from "../http/response-error.ts";
import { textOf } from "../wire/parse.ts";
import type { RawRecord } from "../wire/records.ts";
import { isFailureWord } from "../wire/words.ts";
import { answerFailure, isEmptyError, isFailureCode } from "./answer-failure.ts";

/**
 * The error that an answer with the status 200, or an event of one, tells in whichever form: this service hands on what the
 * services behind it say. Undefined where it tells none.
 * @param hasContent whether it has what was asked for: a mere word in it is then none about a failure
 */
export function toldFailure(label: string, event: RawRecord, hasContent: boolean): FlowithError | undefined {
  const { error, errors, detail, code } = event;
  const [first] = Array.isArray(errors) ? errors.filter((one) => !isEmptyError(one)) : [];
  const told = isEmptyError(error) ? first : error;
  if (told !== undefined) return answerFailure(label, told, event);
  const message = wordsOf(event) ?? (event.tag === "error" ? textOf(event.content) : undefined);
  const isCalledSo = [event.object, event.type, event.tag].includes("error");
  const isDetail = message !== undefined && message === wordsOf({ detail });
  const isToldByCode = message !== undefined && isFailureCode(event);
  const isFailed = event.success === false || isFailureWord(event.status);
  if (!isFailed && (hasContent || !(isCalledSo || isDetail || isToldByCode))) return undefined;
  const type = event.type === "error" ? undefined : event.type;
  // A list of details is what a validation gives.
  return answerFailure(label, { message, type, code: code ?? (Array.isArray(detail) ? 422 : undefined) }, event);
}

/** @throws what {@link toldFailure} finds */
export function throwIfTold(label: string, event: RawRecord, hasContent: boolean): void {
  const failure = toldFailure(label, event, hasContent);
  if (failure !== undefined) throw failure;
}
