import type { FlowithErrorCode } from "./error-code.ts";
import type { JobHandle } from "./job-handle.ts";
import { named, nameOf } from "./named.ts";

/** What a `FlowithError` is made of. */
export interface FlowithErrorOptions {
  code: FlowithErrorCode;
  /** Whether the same call may succeed later. Default false. */
  isRetryable?: boolean | undefined;
  requestId?: string | undefined;
  /** Of a job: the text that had arrived. */
  partial?: string | undefined;
  /** Of a job: what it can be found again by. */
  handle?: JobHandle | undefined;
  cause?: unknown;
}

/**
 * Base of every error that this SDK throws. An abort is not one of them: the caller's `signal.reason` is thrown as it is.
 * Use `FlowithError.is(error)` instead of `instanceof` where two copies of the package may be loaded.
 */
export class FlowithError extends Error {
  /**
   * Whether a value is such an error, also one of another copy of this package. Each class of errors has its own.
   * It can be passed on, as in `errors.filter(TimeoutError.is)`, and then narrows to `FlowithError`.
   * @example
   * const error = await flowith.conversations.get(crypto.randomUUID()).catch((reason) => reason);
   * if (NotFoundError.is(error)) console.log("There is none.");
   * else if (FlowithError.is(error)) console.log(error.code, error.isRetryable);
   */
  declare static readonly is: <Class extends abstract new (...args: never[]) => FlowithError = typeof FlowithError>(
    // biome-ignore lint/suspicious/noConfusingVoidType: what `this` is where it is passed on without its class
    this: Class | void,
    value: unknown,
  ) => value is InstanceType<Class>;

  /**
   * An error of this SDK, of its own class, from what was sent on of one: `error.toJSON()`, the body of `errorResponse`,
   * an event of `toResponse()`, or an error that kept its `name` and `code`, as from a Durable Object. Headers, body and
   * cause are not sent on. Undefined for everything else; an error of this SDK is given back as it is. A code that this
   * version does not know is `unknown`.
   * @example
   * const sent: unknown = JSON.parse(JSON.stringify(await flowith.generate(" ").catch((reason) => reason)));
   * if (InvalidArgumentError.is(FlowithError.from(sent))) console.log("The prompt is empty.");
   */
  declare static readonly from: (value: unknown) => FlowithError | undefined;

  override name: string = nameOf(this);
  /** Stable and machine-readable; each class has its own. */
  readonly code: FlowithErrorCode;
  readonly isRetryable: boolean;
  readonly requestId?: string;
  /** Where a text job failed: the text that had arrived. */
  readonly partial?: string;
  /** Where a job failed: what it can be found again by. The job itself may go on at the service. */
  readonly handle?: JobHandle;

  constructor(message: string, options: FlowithErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.isRetryable = options.isRetryable ?? false;
    if (options.requestId !== undefined) this.requestId = options.requestId;
    if (options.partial !== undefined) this.partial = options.partial;
    if (options.handle !== undefined) this.handle = options.handle;
  }

  /**
   * What is safe to log or send on: no token, no prompt, no body. Besides these fields `status`, `retryAfterMs`,
   * `reason`, `phase` and `limitMs` where the class has them.
   * @example
   * const error = await flowith.generate(" ").catch((reason) => reason);
   * if (FlowithError.is(error)) console.log(JSON.stringify(error));
   */
  toJSON(): Record<string, unknown> {
    return {
      name: this.name,
      code: this.code,
      message: this.message,
      isRetryable: this.isRetryable,
      ...(this.requestId === undefined ? {} : { requestId: this.requestId }),
    };
  }
}

named(FlowithError, "FlowithError");
