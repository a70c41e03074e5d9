import type { CallToolResult } from "@modelcontextprotocol/server";
import { ConnectionError, FlowithError, JobFailedError, RateLimitError } from "flowith-webapi";
import { CliError } from "../../cli-error.ts";
import { plainDiskMessage } from "../../disk/disk-words.ts";
import { printable } from "../../output/printable.ts";
import { terminalWords } from "../../output/terminal-words.ts";
import { CreditLimitError } from "../credits/credit-limit-error.ts";
import { inArguments } from "./argument-names.ts";
import { McpToolError } from "./mcp-error.ts";

export interface ToolFailure {
  code: string;
  message: string;
  advice: string;
  isRetryable?: boolean | undefined;
  retryAfterSeconds?: number | undefined;
  jobId?: string | undefined;
  conversationId?: string | undefined;
  /** What had come of a text. */
  partial?: string | undefined;
}

/** An error as a tool's result: what happened and what to do in words, and the rest as JSON. It never holds secrets. */
export function toolError(error: unknown, signIn: string): CallToolResult {
  const { code, message, advice, ...more } = failureOf(error, signIn);
  const json = {
    error: {
      code,
      retryable: more.isRetryable,
      retry_after_seconds: more.retryAfterSeconds,
      job_id: more.jobId,
      conversation_id: more.conversationId,
      partial_text: more.partial,
    },
  };
  return { isError: true, content: [{ type: "text", text: `${message} ${advice}\n${JSON.stringify(json)}` }] };
}

export function failureOf(error: unknown, signIn: string): ToolFailure {
  if (error instanceof McpToolError) return error;
  if (error instanceof CreditLimitError)
    return { code: "credit_limit", message: error.message, advice: error.advice, isRetryable: false };
  if (error instanceof CliError) return { ...cliFailure(error), isRetryable: false };
  if (FlowithError.is(error)) return flowithFailure(error, signIn);
  const message = plainDiskMessage(error) ?? (error instanceof Error ? error.message : String(error));
  return { code: "failed", message: printable(message), advice: "Tell the user what happened." };
}

function cliFailure({ code, message }: CliError): { code: string; message: string; advice: string } {
  const advice =
    code === "authentication"
      ? "Tell the user: the server needs FLOWITH_API_KEY."
      : "list_conversations tells ids of conversations, list_jobs those of jobs, list_models those of models.";
  return { code, message: printable(message), advice };
}

function flowithFailure(error: FlowithError, signIn: string): ToolFailure {
  const { message, mayBePaid } = terminalWords(error);
  const isUnsent = ConnectionError.is(error) && error.isUnsent;
  const jobId = isUnsent ? undefined : error.handle?.userNodeId;
  const retryAfterMs = RateLimitError.is(error) ? error.retryAfterMs : undefined;
  const isAtWork = jobId !== undefined && (mayBePaid || leavesJob.has(error.code));
  return {
    code: JobFailedError.is(error) ? `job_failed:${error.reason}` : error.code,
    message: printable(inArguments(message)),
    advice: isAtWork
      ? `The job may be at work all the same, and be paid for: do not start it again, call wait_for_job with job_id ${jobId}.`
      : adviceOn(error, signIn, retryAfterMs),
    isRetryable: error.isRetryable,
    retryAfterSeconds: retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000),
    jobId: isAtWork ? jobId : undefined,
    conversationId: error.handle?.convId,
    partial: error.partial || undefined,
  };
}

/** After these a job may go on at the service. */
const leavesJob = new Set(["connection", "timeout", "server", "response_shape"]);

const CREDITS =
  "The account has no credits for it: call get_credits, choose a cheaper model or ask the user. Do not repeat the call.";
const LATER = "Call the same tool again in a while; after three failures tell the user.";

const advices: Partial<Record<string, string>> = {
  insufficient_credits: CREDITS,
  permission: "The account may not do this. Tell the user.",
  not_found: "Look at the id: list_conversations and list_jobs tell those that there are.",
  invalid_argument: "Mend the arguments and call again. list_models tells what a model can do.",
  validation: "Mend the arguments and call again. list_models tells what a model can do.",
  file_upload: "The service did not take the file, perhaps for its size or kind. Try another one.",
  file_save: "The result is at its url all the same. Tell the user that it could not be saved.",
  stream_truncated: "partial_text is what came. Ask again for all of it if that is not enough.",
  connection: LATER,
  timeout: LATER,
  server: LATER,
};

const failures: Partial<Record<string, string>> = {
  content_policy: "The service's content policy refuses it: change the prompt. Credits are not taken for it.",
  insufficient_credits: CREDITS,
  rate_limit: "The model is busy. Wait half a minute and call again, or choose another model.",
  provider_error: "The model's provider failed. Call once more, or choose another model by list_models.",
  timeout: "The service gave up on it. Call once more, or choose another model by list_models.",
};

function adviceOn(error: FlowithError, signIn: string, retryAfterMs: number | undefined): string {
  if (JobFailedError.is(error)) return failures[error.reason] ?? "Try another prompt or another model by list_models.";
  if (error.code === "authentication" || error.code === "session_store") return signIn;
  if (error.code === "rate_limit")
    return retryAfterMs === undefined
      ? "Too many requests: wait a minute before the next call."
      : `Too many requests: wait ${Math.ceil(retryAfterMs / 1000)} seconds before the next call.`;
  return advices[error.code] ?? "Tell the user what happened.";
}
