import { createGateway } from "../create-gateway.ts";
import type { GatewayOptions } from "../gateway-options.ts";
import { fileKeyStore } from "../keys/file-key-store.ts";
import { operatorKeys } from "../keys/key-store.ts";
import { prometheusMetrics } from "../service/prometheus-metrics.ts";
import { checkKeys } from "./checked-keys.ts";
import { environmentOptions } from "./environment.ts";
import { launcherOf, whenGone } from "./launcher.ts";
import { listen } from "./listen.ts";
import { tell } from "./output.ts";

/** What the command line says; times are in ms. */
export interface ServeFlags {
  port: number;
  host: string;
  toolBridge?: boolean;
  map?: Record<string, string>;
  direct?: boolean;
  keys?: string;
  requestsPerMinute: number;
  maxConcurrent: number;
  maxConcurrentPerKey: number;
  maxBodyBytes: number;
  bodyTimeout: number;
  requestTimeout: number;
  maxClients: number;
  clientIdle: number;
  keepAlive: number;
  shutdown: number;
  corsOrigin?: string[];
  passThroughOrigin?: string[];
  metrics?: boolean;
  log: boolean;
}

/** Serves until a signal comes. */
export async function serve(flags: ServeFlags): Promise<void> {
  const { port, host, keys, shutdown } = flags;
  if (keys !== undefined) await checkKeys(keys, process.env);
  const gateway = createGateway(optionsOf(flags));
  const listening = await listen(gateway.fetch, port, host);
  let isStopping = false;
  const stop = (): void => {
    isStopping = true;
    // It listens on meanwhile: whoever asks /readyz is to hear that it takes no more.
    gateway
      .drain(shutdown)
      .then(() => listening.stop(LAST_BYTES_MS))
      .then(
        () => gateway.close(),
        (error: unknown) => {
          tell(String(error));
          process.exit(1);
        },
      );
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      // Who asks twice does not want to wait.
      if (isStopping) process.exit(1);
      stop();
    });
  }
  const launcher = launcherOf();
  if (launcher !== undefined) {
    whenGone(launcher, () => {
      if (!isStopping) stop();
    });
  }
  process.stdout.write(`${JSON.stringify({ url: listening.url })}\n`);
  tell(`ready at ${listening.url}/v1; Ctrl-C stops it`);
}

/** For what stands in sockets when all answers have ended, in ms. */
const LAST_BYTES_MS = 2_000;

function optionsOf(flags: ServeFlags): GatewayOptions {
  const { toolBridge, direct, keys, requestsPerMinute, maxConcurrent, maxBodyBytes, maxClients } = flags;
  return {
    flowith: environmentOptions(process.env),
    authenticate: keys === undefined ? undefined : operatorKeys(fileKeyStore(keys)),
    toolBridge,
    models: flags.map,
    direct,
    requestsPerMinute,
    maxConcurrent,
    maxConcurrentPerCaller: flags.maxConcurrentPerKey,
    maxBodyBytes,
    bodyTimeoutMs: flags.bodyTimeout,
    requestTimeoutMs: flags.requestTimeout,
    maxClients,
    clientIdleMs: flags.clientIdle,
    keepAliveMs: flags.keepAlive,
    corsOrigins: flags.corsOrigin,
    passThroughOrigins: flags.passThroughOrigin,
    metrics: flags.metrics === true ? prometheusMetrics() : undefined,
    onRequest: flags.log ? (entry) => process.stderr.write(`${JSON.stringify(entry)}\n`) : undefined,
  };
}
