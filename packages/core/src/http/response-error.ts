import { APIError, type APIErrorOptions } from "../errors/api-error.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { ConflictError } from "../errors/conflict-error.ts";
import { FileUploadError } from "../errors/file-upload-error.ts";
import { InsufficientCreditsError } from "../errors/insufficient-credits-error.ts";
import { NotFoundError } from "../errors/not-found-error.ts";
import { PermissionError } from "../errors/permission-error.ts";
import { RateLimitError } from "../errors/rate-limit-error.ts";
import { ServerError } from "../errors/server-error.ts";
import { ValidationError } from "../errors/validation-error.ts";
import { detail } from "../text/detail.ts";
import { isMarkup, markupWords } from "../text/markup.ts";
import { isRecord } from "../wire/parse.ts";
import { mentionsCredits, mentionsKey } from "../wire/words.ts";
import type { RequestKind } from "./request-kind.ts";
import { retryAfterMs } from "./retry-after.ts";
import { isTokenRefusal } from "./token-refusal.ts";

export interface Refusal {
  kind: RequestKind;
  /** Method and path, such as "POST /image_gen/async". */
  label: string;
  status: number;
  headers: Headers;
  text: string;
  /** What the request held that is no business of whoever reads the error. */
  secrets?: readonly string[] | undefined;
  /** It is not of this client's servers: nothing is known of what it means for the token, the account or the options. */
  isForeign?: boolean | undefined;
}

/** The error for an answer that is no success. */
export function responseError(refusal: Refusal): APIError {
  const { kind, label, status, headers, secrets } = refusal;
  const body = parsedBody(refusal.text);
  const words = wordsOf(body);
  const why = words === undefined ? "" : `: ${detail(words, secrets).replace(/\.$/, "")}`;
  const said = `${label} answered ${status}${why}.`;
  const options: APIErrorOptions = { status, headers, body, requestId: requestIdOf(headers, secrets) };
  const advised = (advice: string): string => (refusal.isForeign ? said : `${said} ${advice}`);
  // A file host knows nothing of our token, of credits and of this user.
  const isService = kind !== "download";
  if (isService && mentionsKey(status, body)) {
    return new APIError(advised("Check the supabaseKey option."), options);
  }
  if (isService && isTokenRefusal(status, body)) {
    const advice = "The token was refused. Pass a fresh token, or a refreshToken, or sign in again.";
    return new AuthenticationError(advised(advice), options);
  }
  if (isService && (status === 402 || mentionsCredits(words)))
    return new InsufficientCreditsError(advised("The account has not enough credits for this."), options);
  if (isService && status === 403) return new PermissionError(advised("This user is not allowed to do that."), options);
  const waitMs = retryAfterMs(headers);
  const again = `try again ${waitMs === undefined ? "later" : `in ${Math.ceil(waitMs / 1000)} s`}.`;
  if (status === 429) {
    return new RateLimitError(`${said} ${again.replace("t", "T")}`, { ...options, retryAfterMs: waitMs });
  }
  // Browsers hide a redirect behind the status 0.
  const isRedirect = status === 0 || [300, 301, 302, 303, 307, 308].includes(status);
  // What can be followed of a file host's was; what is left is no redirect (304), or leads nowhere.
  if (!isService && (isRedirect || status === 304))
    return new APIError(`${said.slice(0, -1)}, which is no file.`, options);
  if (isRedirect && kind !== "upload") {
    const option = kind === "rows" || kind === "auth" ? "supabaseUrl" : "edgeUrl";
    return new APIError(advised(`It was redirected, which is not followed. Check the ${option} option.`), options);
  }
  if (kind === "upload" && status < 500) return new FileUploadError(`${said} The file was not stored.`, options);
  if (status === 404) return new NotFoundError(said, options);
  if (status === 409) return new ConflictError(said, options);
  if (status === 422) return new ValidationError(said, { ...options, details: detailsOf(body) });
  if (status >= 500) {
    const whose = isService ? "The service" : "Its host";
    return new ServerError(advised(`${whose} failed; ${again}`), {
      ...options,
      isRetryable: true,
      retryAfterMs: waitMs,
    });
  }
  return new APIError(said, options);
}

/** The body as JSON, or the text where it is none. */
export function parsedBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What an answer says of the reason, uncut. */
export function wordsOf(body: unknown): string | undefined {
  if (typeof body === "string") {
    if (isMarkup(body)) {
      const words = markupWords(body);
      return words.startsWith("an HTML page") ? `${words}, so probably a proxy in between` : words;
    }
    return body.trim() === "" ? undefined : body.trim();
  }
  if (!isRecord(body)) return undefined;
  for (const key of ["message", "msg", "error_description", "error", "detail"]) {
    const value = body[key];
    const text = typeof value === "string" ? value : isRecord(value) ? value.message : firstIssue(value);
    if (typeof text === "string" && text !== "") return text;
  }
  return undefined;
}

/** A validation list in FastAPI's form: `[{ loc: ["body", "model"], msg }]`. */
function firstIssue(value: unknown): string | undefined {
  const issue: unknown = Array.isArray(value) ? value[0] : undefined;
  if (!isRecord(issue) || typeof issue.msg !== "string") return undefined;
  return Array.isArray(issue.loc) ? `${issue.loc.join(".")}: ${issue.msg}` : issue.msg;
}

function detailsOf(body: unknown): unknown {
  return isRecord(body) ? (body.detail ?? body.details ?? body) : body;
}

/** A host may send back whatever was sent to it. */
function requestIdOf(headers: Headers, secrets?: readonly string[]): string | undefined {
  const id = headers.get("x-request-id") ?? headers.get("sb-request-id") ?? headers.get("cf-ray");
  return id === null ? undefined : detail(id, secrets);
}
