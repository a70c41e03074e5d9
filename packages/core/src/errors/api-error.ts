import { hide } from "./error-fields.ts";
import { FlowithError, type FlowithErrorOptions } from "./flowith-error.ts";
import { named } from "./named.ts";

/** What an `APIError` is made of. */
export interface APIErrorOptions extends Omit<FlowithErrorOptions, "code"> {
  code?: string | undefined;
  status: number;
  headers: Headers;
  /** The parsed JSON body, or the text where it was none. */
  body: unknown;
}

/** The server answered, and the answer was a refusal. Subclasses name the common ones. */
export class APIError extends FlowithError {
  /** 0 where the platform hides it, as browsers do for a redirect. */
  readonly status: number;
  /** Of the answer. Not listed or printed with the error, as `body`: either may repeat what was sent. */
  declare readonly headers: Headers;
  /** Of the answer: the parsed JSON, or the text where it was none. */
  declare readonly body: unknown;

  constructor(message: string, options: APIErrorOptions) {
    super(message, { ...options, code: options.code ?? "api_error" });
    this.status = options.status;
    hide(this, { headers: options.headers, body: options.body });
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), status: this.status };
  }
}

named(APIError, "APIError");
