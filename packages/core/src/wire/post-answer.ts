import { InsufficientCreditsError } from "../errors/insufficient-credits-error.ts";
import { failedJob, parseFailure } from "./failure.ts";
import { jsonObject } from "./node-data.ts";
import { parseJson, textOf } from "./parse.ts";
import { isFailureWord, mentionsCredits } from "./words.ts";

/**
 * Reads what the service says to a job's post. It is refused by an `error` or a word of failure; a word that is merely
 * new is no refusal (wire 2.2).
 * @returns the node that it says will hold the answer (wire 2.3), if it says
 * @throws JobFailedError or InsufficientCreditsError; ResponseShapeError for a page, which says nothing about the job
 */
export function checkPostAnswer(text: string, label: string): string | undefined {
  const answer = jsonObject(text);
  if (answer === undefined) {
    if (text.trimStart().startsWith("<")) parseJson(text, label);
    // Nobody needs this answer: another text that is no JSON is no reason to give a job up that may be running.
    return undefined;
  }
  const { status } = answer;
  const failure =
    parseFailure(answer.error, answer.error_type) ??
    (isFailureWord(status) ? parseFailure(answer.message ?? status) : undefined);
  if (failure === undefined) return textOf(answer.nodeId);
  if (mentionsCredits(failure.message)) {
    throw new InsufficientCreditsError(
      `${label} was refused: ${failure.message}. The account has not enough credits for this.`,
      {
        status: 200,
        headers: new Headers(),
        body: answer,
      },
    );
  }
  throw failedJob(`${label} was refused`, failure);
}
