import { DatabaseCrashError, DatabaseLostError } from "../database/database-crash.ts";
import type { Emulator } from "../emulator.ts";
import { startEmulator } from "../start-emulator.ts";
import { keepStdoutClean, log } from "./log.ts";
import { readStartOptions, type StartFlags } from "./start-options.ts";

/** @param onLost told when there is no database any more */
export async function launch(flags: StartFlags, onLost: () => void = () => {}): Promise<Emulator> {
  keepStdoutClean();
  const options = await readStartOptions(flags);
  const onError = (error: unknown): void => {
    log(error instanceof DatabaseCrashError ? error.message : `a bug: ${String(error)}`);
    if (error instanceof DatabaseLostError) onLost();
  };
  try {
    return await startEmulator({ ...options, onError });
  } catch (error) {
    const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    if (!isTaken) throw error;
    throw new Error(`Port ${flags.port} is taken. Choose another with --port; 0 takes any free one.`, { cause: error });
  }
}

/** Serves until a signal comes, or there is no database any more. */
export async function start(flags: StartFlags): Promise<void> {
  let lose = (): void => {};
  const lost = new Promise<void>((resolve) => {
    lose = resolve;
  });
  const emulator = await launch(flags, lose);
  const { edgeUrl, supabaseUrl, supabaseKey, users, controlKey } = emulator;
  let isStopping = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      // who asks twice does not want to wait
      if (isStopping) process.exit(1);
      isStopping = true;
      void emulator.close();
    });
  }
  void lost.then(() => {
    process.exitCode = 1;
    return emulator.close();
  });
  // JSON.stringify leaves the control key out where there is none
  process.stdout.write(`${JSON.stringify({ edgeUrl, supabaseUrl, supabaseKey, users, controlKey })}\n`);
  log(`ready at ${edgeUrl} (a page for browsers); Ctrl-C stops it`);
}
