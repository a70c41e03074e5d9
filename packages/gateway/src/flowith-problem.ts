import { errorResponse } from "flowith-webapi";
import { argumentProblem } from "./argument-problem.ts";
import type { Problem } from "./errors.ts";

/** What the SDK tells of an error, in its own words for a program in TypeScript. */
interface Told {
  status: number;
  code: string;
  message: string;
  retryAfterMs: number | undefined;
  /** The service's own words, where an answer stands behind it. */
  words: string | undefined;
}

const KEY =
  "Send a fresh token of the web app, or a valid key of the developer API; whoever has a key of this gateway's own asks those who run it.";

/** A sentence for whoever sends HTTP requests, by the error's code. Neither hosts nor options of the SDK are theirs. */
const sentences: Readonly<Record<string, (told: Told) => string>> = {
  api_error: ({ words }) => `Flowith answered with an error${because(words)}.`,
  authentication: ({ words }) => `Flowith does not know the account behind the API key${because(words)}. ${KEY}`,
  aborted: () => "The request was cut short.",
  conflict: ({ words }) => `It conflicts with what is there at Flowith${because(words)}.`,
  connection: () => "Flowith could not be reached, or the connection broke. Try again later.",
  file_upload: ({ words }) => `Flowith did not store the file${because(words)}.`,
  insufficient_credits: ({ words }) => `The account has not enough credits for this${because(words)}.`,
  not_found: ({ words }) => `Flowith has not found what was asked for${because(words)}.`,
  permission: ({ words }) => `The account is not allowed to do that${because(words)}.`,
  rate_limit: ({ words, retryAfterMs }) =>
    `Flowith takes no more requests for now${because(words)}. ${again(retryAfterMs)}`,
  response_shape: () => "What Flowith answered has not the form that is known, so nothing could be made of it.",
  server: ({ words, retryAfterMs }) => `Flowith failed${because(words)}. ${again(retryAfterMs)}`,
  stream_truncated: () => "The answer broke off before its end, so that some of it is missing. Send the request again.",
  timeout: () => "Flowith took longer than is waited for. Try again later.",
  unknown: ({ message }) => message,
  validation: ({ words }) => `Flowith refused what the request says${because(words)}.`,
};

const PAID = "It may be at work all the same, and be paid for: look at the account before you send it again.";
/** How the SDK says so, in a sentence for the program that holds the job's handle. */
const MAY_BE_PAID = "The job may be at work all the same";

/** An error of the SDK's, or of nobody's, as it is told over HTTP. */
export async function flowithProblem(error: unknown): Promise<Problem> {
  const response = errorResponse(error);
  const { code, message, retryAfterMs, reason }: Record<string, unknown> = await response.json();
  const told: Told = {
    status: response.status,
    code: String(code),
    message: String(message),
    retryAfterMs: typeof retryAfterMs === "number" ? retryAfterMs : undefined,
    words: wordsOf(String(message)),
  };
  if (told.code === "invalid_argument") return argumentProblem(told.message);
  if (told.code === "job_failed") return { ...told, message: ofJob(told.message, reason) };
  if (isAboutModel(told)) {
    const words = "Flowith has no such model for this request. GET /v1/models lists all.";
    return { status: 404, code: "model_not_found", message: words, param: "model" };
  }
  const sentence = sentences[told.code]?.(told) ?? "The request failed.";
  return { ...told, message: told.message.includes(MAY_BE_PAID) ? `${sentence} ${PAID}` : sentence };
}

/** A job's own words, without the path of the service's that was asked. */
function ofJob(message: string, reason: unknown): string {
  if (reason === "unposted") return "The job was never begun, and costs nothing. Send the request again.";
  return message.replace(/^[A-Z]+ \/\S*?(?= was refused|: )(?:: )?/, "").replace(/^ was refused/, "Flowith refused it");
}

/** Of `POST /path answered 422: words. What a program can do.` the words, in which the SDK has hidden every secret. */
function wordsOf(message: string): string | undefined {
  const [, words] = /^\S+ \S+ (?:answered \d+|was refused): (.*?)\.?$/s.exec(message.replace(ADVICE, "")) ?? [];
  return words;
}

/** What the SDK adds to the service's words. */
const ADVICE =
  /\. (?:Check the |The token was refused|The API key was refused|The account has not|This user is not|It was redirected|The file was not stored|The service failed|Its host failed|Try again |The job may be at work).*$/s;

/** The field by which the service names it, in all of its requests. */
function isAboutModel({ status, words = "" }: Told): boolean {
  return [400, 404, 422].includes(status) && /^body\.models?\b/.test(words);
}

function because(words: string | undefined): string {
  return words === undefined ? "" : `: ${words}`;
}

function again(retryAfterMs: number | undefined): string {
  return `Try again ${retryAfterMs === undefined ? "later" : `in ${Math.ceil(retryAfterMs / 1000)} s`}.`;
}
