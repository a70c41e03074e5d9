import { APIError, AuthenticationError, FlowithError, JobFailedError } from "flowith-webapi";
import type { Context } from "../../context/context.ts";
import { loginCommand } from "../../context/session-file.ts";
import type { SessionSource } from "../../context/settings.ts";
import { DIM, PLAIN } from "../../markdown/cell.ts";
import { plainRows } from "../../markdown/plain-rows.ts";
import { styled } from "../../markdown/row-painter.ts";
import { reportError } from "../../output/error-report.ts";
import type { Output } from "../../output/output.ts";

/** Says what failed and what to do, in the chat, which goes on. */
export async function tellError(context: Context, error: unknown): Promise<void> {
  const { output } = context;
  const { message, hint } = reportError(error);
  const advice = AuthenticationError.is(error)
    ? signInAdvice((await context.settings()).source)
    : (adviceOn(error) ?? hint);
  warnLines(output, `✗ ${message}`, PLAIN);
  if (advice !== undefined) warnLines(output, advice, DIM);
}

function warnLines(output: Output, text: string, style: typeof PLAIN): void {
  for (const row of plainRows(text, output.noteColumns - 1, style)) output.warn(styled(row, output.paintNote));
}

/** What is in the environment stays there as long as the chat runs. */
function signInAdvice(source: SessionSource): string {
  return source.kind === "token"
    ? "End the chat, set a fresh FLOWITH_TOKEN or take it out of the environment, and go on with --conversation."
    : `Sign in with \`${loginCommand(source)}\` in another terminal; then /retry.`;
}

/** What to do about it here, where it is other than on the command line. */
function adviceOn(error: unknown): string | undefined {
  if (!FlowithError.is(error)) return undefined;
  if (JobFailedError.is(error) && error.reason === "content_policy") return "Say it in other words.";
  if (error.code === "insufficient_credits" || (JobFailedError.is(error) && error.reason === "insufficient_credits"))
    return "/credits shows what is left; /model takes another model.";
  if (APIError.is(error) && error.retryAfterMs !== undefined)
    return `/retry sends it again, in ${Math.ceil(error.retryAfterMs / 1_000)} s or later.`;
  return error.isRetryable ? "/retry sends it again." : undefined;
}
