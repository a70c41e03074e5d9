import type { Emulator } from "../emulator.ts";
import { startEmulator } from "../start-emulator.ts";
import { keepStdoutClean, log } from "./log.ts";
import { readStartOptions, type StartFlags } from "./start-options.ts";

export async function launch(flags: StartFlags): Promise<Emulator> {
  keepStdoutClean();
  const options = await readStartOptions(flags);
  try {
    return await startEmulator({ ...options, onError: (error) => log(`a bug: ${String(error)}`) });
  } catch (error) {
    const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    if (!isTaken) throw error;
    throw new Error(`Port ${flags.port} is taken. Choose another with --port; 0 takes any free one.`, { cause: error });
  }
}

/** Serves until a signal comes. */
export async function start(flags: StartFlags): Promise<void> {
  const emulator = await launch(flags);
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
  // JSON.stringify leaves the control key out where there is none
  process.stdout.write(`${JSON.stringify({ edgeUrl, supabaseUrl, supabaseKey, users, controlKey })}\n`);
  log(`ready at ${edgeUrl} (a page for browsers); Ctrl-C stops it`);
}
