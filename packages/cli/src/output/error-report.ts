import { ConnectionError, FlowithError } from "flowith-webapi";
import { CliError } from "../cli-error.ts";
import { HintedError } from "../context/address-hint.ts";
import { plainDiskMessage } from "../disk/disk-words.ts";
import { ExitCode } from "../exit-codes.ts";
import { printable } from "./printable.ts";
import { type TerminalWords, terminalWords } from "./terminal-words.ts";

/** An error as the program ends with it. */
export interface ErrorReport {
  exitCode: ExitCode;
  /** `error` of what `--json` writes to stderr. */
  json: Record<string, unknown>;
  message: string;
  hint: string | undefined;
}

/** After these a job may go on at the service; after all others it is over, or never began. */
const leavesJob = new Set(["connection", "timeout", "server", "response_shape", "authentication"]);

const retryLater = new Set(["connection", "timeout", "rate_limit", "server", "stream_truncated"]);

/** What the command line says is wrong, or names what is not there. */
const wrongInput = new Set(["invalid_argument", "validation", "not_found"]);

function exitCodeOf({ code, handle }: FlowithError, json: Record<string, unknown>): ExitCode {
  // what a job has left behind was there when it began
  if (wrongInput.has(code)) return code === "not_found" && handle !== undefined ? ExitCode.Failed : ExitCode.Usage;
  if (code === "authentication" || code === "session_store") return ExitCode.SignIn;
  if (code === "insufficient_credits" || json.reason === "insufficient_credits") return ExitCode.Credits;
  return retryLater.has(code) ? ExitCode.TryLater : ExitCode.Failed;
}

function hintOf(error: FlowithError, { hint, mayBePaid }: TerminalWords): string | undefined {
  const hints = [
    error.code === "authentication" ? "Sign in with `flowith login`." : undefined,
    error.code === "insufficient_credits" ? "`flowith credits` shows what is left." : undefined,
    hint,
    jobHint(error, mayBePaid),
  ].filter((one) => one !== undefined);
  return hints.length === 0 ? undefined : hints.join(" ");
}

/** How the result of a job is got that its error leaves at work. */
export function jobHint(error: FlowithError, mayBePaid: boolean): string | undefined {
  // what was never sent has no job
  if (error.handle === undefined || (ConnectionError.is(error) && error.isUnsent)) return undefined;
  const command = `\`flowith jobs wait ${error.handle.userNodeId}\``;
  if (mayBePaid) return `The job may be at work all the same, and be paid for: ${command} takes up its result.`;
  return leavesJob.has(error.code) ? `The job may still go on: ${command} takes up its result.` : undefined;
}

/** Of a store whose file the disk refuses: which one, and why, where the SDK has the system's word alone. */
function storeMessage({ code, message, cause }: FlowithError): string | undefined {
  if (code !== "session_store" && code !== "job_store") return undefined;
  const said = plainDiskMessage(cause);
  return said === undefined ? undefined : `${message.replace(/ \(E[A-Z\d]+\)|\.$/g, "")}: ${said}`;
}

/** What is said of an error, whoever threw it. */
export function reportError(error: unknown): ErrorReport {
  if (error instanceof HintedError) {
    const { json, hint: own, ...report } = reportError(error.cause);
    const hint = own === undefined ? error.hint : `${own}\n${error.hint}`;
    return { ...report, json: { ...json, hint }, hint };
  }
  if (error instanceof CliError) {
    const { exitCode, code, message, hint } = error;
    return { exitCode, json: { code, message, ...(hint === undefined ? {} : { hint }) }, message, hint };
  }
  if (FlowithError.is(error)) {
    const onDisk = storeMessage(error);
    if (onDisk !== undefined) {
      const json = { ...error.toJSON(), message: onDisk };
      return { exitCode: ExitCode.Failed, json, message: printable(onDisk), hint: undefined };
    }
    const words = terminalWords(error);
    const { message } = words;
    const json = { ...error.toJSON(), message };
    const hint = hintOf(error, words);
    const exitCode = exitCodeOf(error, json);
    return { exitCode, json: hint === undefined ? json : { ...json, hint }, message: printable(message), hint };
  }
  const message = plainDiskMessage(error) ?? (error instanceof Error ? error.message : String(error));
  return { exitCode: ExitCode.Failed, json: { code: "failed", message }, message: printable(message), hint: undefined };
}
