import { messageOf } from "../message-of.ts";
import { DatabaseCrashError, DatabaseLostError, NotReachedError } from "./database-crash.ts";
import type { GuardedPostgres } from "./guarded-postgres.ts";

/** Told what Postgres died of once it was started again; by a DatabaseLostError when it could not be. */
export type CrashListener = (error: DatabaseCrashError) => void;

export interface RestartingPostgres {
  /** Runs work on the Postgres that is there; on the next one when that had crashed before it got the first of it. */
  run<T>(work: (postgres: GuardedPostgres) => Promise<T>): Promise<T>;
  onCrash(listener: CrashListener): void;
  close(): Promise<void>;
}

/**
 * Starts Postgres again when it has crashed, as a server's postmaster does.
 * @param reopen makes a new one of what the crashed one has left
 */
export function restartingPostgres(
  first: GuardedPostgres,
  reopen: (crashed: GuardedPostgres) => Promise<GuardedPostgres>,
): RestartingPostgres {
  let serving: GuardedPostgres | undefined = first;
  let next: Promise<GuardedPostgres> = Promise.resolve(first);
  let listener: CrashListener = () => {};
  let isClosed = false;

  async function restart(crashed: GuardedPostgres): Promise<GuardedPostgres> {
    const happened = `Postgres has crashed (${String(crashed.crash?.cause)})`;
    const opened = await reopen(crashed).catch((cause: unknown) => {
      const lost = new DatabaseLostError(`${happened} and does not start again: ${messageOf(cause)}`, { cause });
      listener(lost);
      throw lost;
    });
    serving = opened;
    listener(new DatabaseCrashError(`${happened} and was started again.`, crashed.crash));
    return opened;
  }

  function replace(crashed: GuardedPostgres): void {
    if (serving !== crashed || isClosed) return;
    serving = undefined;
    next = restart(crashed);
    // nobody may be waiting; who asks later is told
    next.catch(() => {});
  }

  return {
    async run(work) {
      for (;;) {
        if (isClosed) throw new Error("The emulator is closed.");
        const postgres = await next;
        try {
          return await work(postgres);
        } catch (error) {
          if (!(error instanceof NotReachedError) || isClosed) throw error;
        } finally {
          if (postgres.crash !== undefined) replace(postgres);
        }
      }
    },
    onCrash(told) {
      listener = told;
    },
    async close() {
      isClosed = true;
      const last = await next.catch(() => undefined);
      await last?.close();
    },
  };
}
