import { DatabaseCrashError, DatabaseLostError } from "../database/database-crash.ts";
import type { Emulator } from "../emulator.ts";
import { isDiskFull, messageOf, systemCode } from "../message-of.ts";
import { startEmulator } from "../start-emulator.ts";
import { keepStdoutClean, log } from "./log.ts";
import { readStartOptions, type StartFlags } from "./start-options.ts";

/** How long a signal waits for jobs, streams and the database. */
const stopMs = 10_000;

/** Why the emulator cannot start, where the error itself does not say it to people. */
function startMessage(error: unknown, flags: StartFlags): string | undefined {
  const { host, port } = flags;
  switch (systemCode(error)) {
    case "EADDRINUSE":
      return `Port ${port} is taken. Choose another with --port; 0 takes any free one.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `This machine has no address ${host}. Choose another with --host; 0.0.0.0 takes all that it has.`;
    case "EACCES":
      return error instanceof Error && "syscall" in error && error.syscall === "listen"
        ? `Port ${port} needs more rights. Choose another with --port; 0 takes any free one.`
        : undefined;
    default:
      return isDiskFull(error) ? `There is no room left on the disk of ${flags.dataDir}.` : undefined;
  }
}

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
    const message = startMessage(error, flags);
    throw message === undefined ? error : new Error(message, { cause: error });
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
  const stop = (): void => {
    // what cannot be closed is as if it had been killed, and loses nothing by it
    setTimeout(() => process.exit(1), stopMs).unref();
    emulator.close().catch((error: unknown) => {
      log(`it ended without having been closed: ${messageOf(error)}`);
      process.exitCode = 1;
    });
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      // who asks twice does not want to wait
      if (isStopping) process.exit(1);
      isStopping = true;
      stop();
    });
  }
  void lost.then(() => {
    process.exitCode = 1;
    stop();
  });
  // JSON.stringify leaves the control key out where there is none
  process.stdout.write(`${JSON.stringify({ edgeUrl, supabaseUrl, supabaseKey, users, controlKey })}\n`);
  log(`ready at ${edgeUrl} (a page for browsers); Ctrl-C stops it`);
}
