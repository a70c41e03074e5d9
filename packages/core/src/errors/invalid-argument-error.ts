import { FlowithError } from "./flowith-error.ts";
import { named } from "./named.ts";

/** The call itself is wrong. Thrown before any request is made. */
export class InvalidArgumentError extends FlowithError {
  declare readonly code: "invalid_argument";

  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, { code: "invalid_argument", cause: options.cause });
  }
}

named(InvalidArgumentError, "InvalidArgumentError");
