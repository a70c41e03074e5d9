/** An error that the service answers with a status, one of its error codes and a message for people. */
export class ApiError extends Error {
  readonly status: number;
  /** `error_code` on the wire. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
  }
}

/** A password that is refused, with the reasons as words. Its answer has a form of its own. */
export class WeakPasswordError extends Error {
  readonly reasons: readonly string[];

  constructor(message: string, reasons: readonly string[]) {
    super(message);
    this.name = "WeakPasswordError";
    this.reasons = reasons;
  }
}

/** An error in the form of RFC 6749, section 5.2. */
export class OAuthError extends Error {
  readonly error: string;

  constructor(error: string, description: string) {
    super(description);
    this.name = "OAuthError";
    this.error = error;
  }
}
