import { createGateway } from "../create-gateway.ts";
import { environmentOptions } from "./environment.ts";
import { listen } from "./listen.ts";

/** What the command line says. */
export interface ServeFlags {
  port: number;
  host: string;
  toolBridge?: boolean;
  map?: Record<string, string>;
  direct?: boolean;
}

/** How long a signal waits for answers that are under way, in ms. */
const STOP_MS = 10_000;

/** Serves until a signal comes. */
export async function serve({ port, host, toolBridge, map, direct }: ServeFlags): Promise<void> {
  const gateway = createGateway({ flowith: environmentOptions(process.env), toolBridge, models: map, direct });
  const listening = await listen(gateway.fetch, port, host);
  let isStopping = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      // Who asks twice does not want to wait.
      if (isStopping) process.exit(1);
      isStopping = true;
      listening.stop(STOP_MS).then(
        () => gateway.close(),
        (error: unknown) => {
          process.stderr.write(`flowith-gateway: ${String(error)}\n`);
          process.exit(1);
        },
      );
    });
  }
  process.stdout.write(`${JSON.stringify({ url: listening.url })}\n`);
  process.stderr.write(`flowith-gateway: ready at ${listening.url}/v1; Ctrl-C stops it\n`);
}
