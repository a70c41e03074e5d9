import { FlowithError } from "./flowith-error.ts";
import { hasMark, mark } from "./mark.ts";

/** The call itself is wrong. Thrown before any request is made. */
export class InvalidArgumentError extends FlowithError {
  override name = "InvalidArgumentError";

  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, { code: "invalid_argument", cause: options.cause });
    mark(this, "InvalidArgumentError");
  }

  static override is(value: unknown): value is InvalidArgumentError {
    return hasMark(value, "InvalidArgumentError");
  }
}
