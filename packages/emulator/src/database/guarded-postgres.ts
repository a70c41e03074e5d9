import { PGlite, type PGliteOptions } from "@electric-sql/pglite";
import { DatabaseCrashError, maxStackDepth, NotReachedError, StackDepthError } from "./database-crash.ts";

/** The status of what PGlite throws in place of a jump out of a statement that failed; anything else is a crash. */
const longJump = 100;

/** The first byte of a Sync message, by which PGlite ends every statement, also one that failed. */
const sync = "S".charCodeAt(0);

// as a start parameter it is what RESET comes back to, and only a superuser can change it
const stackParams = ["-c", `max_stack_depth=${maxStackDepth}`];

// Its files are in memory as well, or in the page cache: the default of 128 MB is room that each start has to lay out.
const bufferParams = ["-c", "shared_buffers=16MB"];

/** Postgres's log is laid out in segments of this size, whole ones, however little is in them. */
export const segmentMegabytes = 1;

const initDbStartParams: string[] = [`--wal-segsize=${segmentMegabytes}`];

const startParams: string[] = [...PGlite.defaultStartParams, ...stackParams, ...bufferParams];

const isLongJump = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "status" in error && error.status === longJump;

/**
 * PGlite that notices when Postgres has crashed. By itself it goes on with what is left: statements give no rows, or it
 * calls a dead module for ever, in one turn, so that no signal and no timer comes through.
 * A subclass, since the module that it has to watch is protected.
 */
export class GuardedPostgres extends PGlite {
  /** What it died of. */
  crash: { cause: unknown } | undefined;
  #isWatched = false;

  static async open(options: PGliteOptions = {}): Promise<GuardedPostgres> {
    const postgres = new GuardedPostgres({ ...options, startParams, initDbStartParams });
    try {
      await postgres.waitReady;
      return postgres;
    } catch (error) {
      postgres.#stopTimer();
      throw error;
    }
  }

  override execProtocolRawSync(message: Uint8Array): Uint8Array {
    if (this.crash !== undefined) {
      // the end of the statement that crashed: its error is on its way already
      if (message[0] === sync) return new Uint8Array(0);
      throw new NotReachedError("Postgres has crashed.", this.crash);
    }
    this.#watch();
    try {
      return super.execProtocolRawSync(message);
    } catch (error) {
      throw this.#autopsy() ?? error;
    }
  }

  /** Without a goodbye to a Postgres that is not there any more. */
  override async close(): Promise<void> {
    if (this.crash === undefined) await super.close();
    else await this.fs?.closeFs().catch(() => {});
  }

  /** What the statement is told that Postgres crashed at, if it did. */
  #autopsy(): Error | undefined {
    if (this.crash === undefined) return undefined;
    this.#stopTimer();
    const { cause } = this.crash;
    if (cause instanceof RangeError) return new StackDepthError(cause);
    return new DatabaseCrashError(`Postgres has crashed: ${String(cause)}`, { cause });
  }

  #watch(): void {
    const { mod } = this;
    if (mod === undefined || this.#isWatched) return;
    this.#isWatched = true;
    const watched = (work: () => void) => (): void => {
      // nobody is to call into a dead module: not even PGlite, which does so to end a statement
      if (this.crash !== undefined) return;
      try {
        work();
      } catch (error) {
        if (!isLongJump(error)) this.crash = { cause: error };
        throw error;
      }
    };
    mod._PostgresMainLoopOnce = watched(mod._PostgresMainLoopOnce);
    mod._PostgresMainLongJmp = watched(mod._PostgresMainLongJmp);
    mod._PostgresSendReadyForQueryIfNecessary = watched(mod._PostgresSendReadyForQueryIfNecessary);
    mod._pgl_pq_flush = watched(mod._pgl_pq_flush);
    const restore = mod.stackRestore;
    // PGlite swallows what the main loop throws and calls this next, and then the main loop again
    mod.stackRestore = (pointer) => {
      const restored = restore(pointer);
      if (this.crash !== undefined) throw this.crash.cause;
      return restored;
    };
  }

  /** Postgres has one running most of the time, which would call into the dead module, and keep the process until then. */
  #stopTimer(): void {
    const { mod } = this;
    if (mod !== undefined && "_clear_setitimer" in mod && typeof mod._clear_setitimer === "function") {
      mod._clear_setitimer();
    }
  }
}
