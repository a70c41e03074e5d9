/**
 * Postgres counts its own stack, which lies in the memory of the WebAssembly module. Its default of 2 MB is more than the
 * engine's stack has room for beside it; with 500 kB the engine's still overflows first.
 */
export const maxStackDepth = "200kB";

/** Postgres died in the middle of a statement. What was committed is kept. */
export class DatabaseCrashError extends Error {
  override name = "DatabaseCrashError";
}

/** Postgres died and could not be started again: there is no database any more. */
export class DatabaseLostError extends DatabaseCrashError {
  override name = "DatabaseLostError";
}

/** Postgres was dead already, so that nothing of a statement has happened: it can be sent to the next one. */
export class NotReachedError extends Error {
  override name = "NotReachedError";
}

/** What Postgres says itself where it notices in time that a statement nests too deep. */
export class StackDepthError extends Error {
  override name = "StackDepthError";
  readonly code = "54001";
  readonly hint: string =
    `Increase the configuration parameter "max_stack_depth" (currently ${maxStackDepth}), after ensuring the platform's stack depth limit is adequate.`;

  constructor(cause: unknown) {
    super("stack depth limit exceeded", { cause });
  }
}
