import type { APIErrorCode } from "./error-code.ts";
import { hide } from "./error-fields.ts";
import { FlowithError, type FlowithErrorOptions } from "./flowith-error.ts";
import { named } from "./named.ts";

/** What an `APIError` is made of. */
export interface APIErrorOptions extends Omit<FlowithErrorOptions, "code"> {
  code?: APIErrorCode | undefined;
  status: number;
  headers: Headers;
  /** The parsed JSON body, or the text where it was none. */
  body: unknown;
  retryAfterMs?: number | undefined;
}

/** The server answered, and the answer was a refusal. Subclasses name the common ones. */
export class APIError extends FlowithError {
  declare readonly code: APIErrorCode;
  /** 0 where the platform hides it, as browsers do for a redirect. */
  readonly status: number;
  /** Of the answer. Not listed or printed with the error, as `body`: either may repeat what was sent. */
  declare readonly headers: Headers;
  /** Of the answer: the parsed JSON, or the text where it was none. */
  declare readonly body: unknown;
  /** Of a 429 or 5xx: what the server asked to wait, in ms, where it said (`Retry-After`). */
  declare readonly retryAfterMs?: number;

  constructor(message: string, options: APIErrorOptions) {
    super(message, { ...options, code: options.code ?? "api_error" });
    this.status = options.status;
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
    hide(this, { headers: options.headers, body: options.body });
  }

  override toJSON(): Record<string, unknown> {
    const { status, retryAfterMs } = this;
    return { ...super.toJSON(), status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
}

named(APIError, "APIError");
