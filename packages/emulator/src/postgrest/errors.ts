/** An answer that is an error, in PostgREST's shape. */
export class PostgrestError extends Error {
  override readonly name = "PostgrestError";
  readonly status: number;
  readonly code: string;
  readonly details: unknown;
  readonly hint: string | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, options: PostgrestErrorOptions = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = options.details ?? null;
    this.hint = options.hint ?? null;
    this.headers = options.headers ?? {};
  }

  toJSON(): Record<string, unknown> {
    return { code: this.code, details: this.details, hint: this.hint, message: this.message };
  }
}

export interface PostgrestErrorOptions {
  readonly details?: unknown;
  readonly hint?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export function invalidBody(message: string): PostgrestError {
  return new PostgrestError(400, "PGRST102", message);
}

export function rangeNotSatisfiable(details: string): PostgrestError {
  return new PostgrestError(416, "PGRST103", "Requested range not satisfiable", { details });
}

export function notEmbedded(name: string): PostgrestError {
  return new PostgrestError(400, "PGRST108", `'${name}' is not an embedded resource in this request`, {
    hint: `Verify that '${name}' is included in the 'select' query parameter.`,
  });
}

export function notSingular(rows: number): PostgrestError {
  return new PostgrestError(406, "PGRST116", "Cannot coerce the result to a single JSON object", {
    details: `The result contains ${rows} rows`,
  });
}

export function tooManyAffected(rows: number): PostgrestError {
  return new PostgrestError(400, "PGRST124", "Query result exceeds max-affected preference constraint", {
    details: `The query affects ${rows} rows`,
  });
}
