import { InsufficientCreditsError } from "../errors/insufficient-credits-error.ts";
import { JobFailedError } from "../errors/job-failed-error.ts";
import { parseFailure } from "./failure.ts";
import { isRecord } from "./parse.ts";

const failureWords = new Set(["failed", "error"]);

/**
 * Reads what the service says to a job's post. It is refused by an `error` or a word of failure; a word that is merely
 * new is no refusal (wire 2.2).
 * @throws JobFailedError or InsufficientCreditsError
 */
export function checkPostAnswer(answer: unknown, what: string): void {
  if (!isRecord(answer)) return;
  const { status } = answer;
  const hasFailed = typeof status === "string" && failureWords.has(status.toLowerCase());
  const failure =
    parseFailure(answer.error, answer.error_type) ?? (hasFailed ? parseFailure(answer.message ?? status) : undefined);
  if (failure === undefined) return;
  if (/insufficient credits/i.test(failure.message)) {
    throw new InsufficientCreditsError(
      `${what} was refused: ${failure.message}. The account has not enough credits for this.`,
      {
        status: 200,
        headers: new Headers(),
        body: answer,
      },
    );
  }
  throw new JobFailedError(`${what} was refused: ${failure.message} (${failure.reason}).`, { reason: failure.reason });
}
