import { APIError, FlowithError, JobFailedError } from "flowith-webapi";
import { DIM, PLAIN } from "../../markdown/cell.ts";
import { plainRows } from "../../markdown/plain-rows.ts";
import { styled } from "../../markdown/row-painter.ts";
import { reportError } from "../../output/error-report.ts";
import type { Output } from "../../output/output.ts";

/** Says what failed and what to do, in the chat, which goes on. */
export function tellError(output: Output, error: unknown): void {
  const { message, hint } = reportError(error);
  const advice = adviceOn(error) ?? hint;
  warnLines(output, `✗ ${message}`, PLAIN);
  if (advice !== undefined) warnLines(output, advice, DIM);
}

function warnLines(output: Output, text: string, style: typeof PLAIN): void {
  for (const row of plainRows(text, output.noteColumns - 1, style)) output.warn(styled(row, output.paintNote));
}

/** What to do about it here, where it is other than on the command line. */
function adviceOn(error: unknown): string | undefined {
  if (!FlowithError.is(error)) return undefined;
  if (error.code === "authentication") return "Sign in with `flowith login` in another terminal; then /retry.";
  if (JobFailedError.is(error) && error.reason === "content_policy") return "Say it in other words.";
  if (error.code === "insufficient_credits" || (JobFailedError.is(error) && error.reason === "insufficient_credits"))
    return "/credits shows what is left; /model takes another model.";
  if (APIError.is(error) && error.retryAfterMs !== undefined)
    return `/retry sends it again, in ${Math.ceil(error.retryAfterMs / 1_000)} s or later.`;
  return error.isRetryable ? "/retry sends it again." : undefined;
}
