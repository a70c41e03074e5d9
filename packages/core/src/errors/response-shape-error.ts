import { hide } from "./error-fields.ts";
import { FlowithError } from "./flowith-error.ts";
import { named } from "./named.ts";

/** The server answered with success but not in the shape that is known. `issues` say where, `raw` is the answer. */
export class ResponseShapeError extends FlowithError {
  declare readonly code: "response_shape";
  readonly issues: readonly string[];
  /** Not listed or printed with the error. */
  declare readonly raw: unknown;

  constructor(message: string, options: { issues: readonly string[]; raw: unknown; cause?: unknown }) {
    super(message, { code: "response_shape", cause: options.cause });
    this.issues = options.issues;
    hide(this, { raw: options.raw });
  }
}

named(ResponseShapeError, "ResponseShapeError");
