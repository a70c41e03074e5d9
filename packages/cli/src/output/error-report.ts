import { ConnectionError, FlowithError } from "flowith-webapi";
import { CliError } from "../cli-error.ts";
import { HintedError } from "../context/address-hint.ts";
import { plainDiskMessage } from "../disk/disk-words.ts";
import { ExitCode } from "../exit-codes.ts";
import { printable } from "./printable.ts";

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

function exitCodeOf({ code }: FlowithError, json: Record<string, unknown>): ExitCode {
  if (code === "invalid_argument" || code === "validation") return ExitCode.Usage;
  if (code === "authentication" || code === "session_store") return ExitCode.SignIn;
  if (code === "insufficient_credits" || json.reason === "insufficient_credits") return ExitCode.Credits;
  return retryLater.has(code) ? ExitCode.TryLater : ExitCode.Failed;
}

function hintOf(error: FlowithError): string | undefined {
  if (error.code === "authentication") {
    const { userNodeId } = error.handle ?? {};
    const then =
      userNodeId === undefined ? "" : ` A job that goes on is taken up by \`flowith jobs wait ${userNodeId}\`.`;
    return `Sign in with \`flowith login\`.${then}`;
  }
  if (error.code === "insufficient_credits") return "`flowith credits` shows what is left.";
  // what was never sent has no job
  if (ConnectionError.is(error) && error.isUnsent) return undefined;
  if (error.handle !== undefined && leavesJob.has(error.code)) {
    return `The job may still go on: \`flowith jobs wait ${error.handle.userNodeId}\` takes up its result.`;
  }
  return undefined;
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
    const json = error.toJSON();
    const hint = hintOf(error);
    const exitCode = exitCodeOf(error, json);
    return { exitCode, json: hint === undefined ? json : { ...json, hint }, message: printable(error.message), hint };
  }
  const message = plainDiskMessage(error) ?? (error instanceof Error ? error.message : String(error));
  return { exitCode: ExitCode.Failed, json: { code: "failed", message }, message: printable(message), hint: undefined };
}
