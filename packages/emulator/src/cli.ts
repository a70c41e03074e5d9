#!/usr/bin/env node
import { parseArgs } from "node:util";
import { startEmulator } from "./start-emulator.ts";

const help = `flowith-emulator: the Flowith backend in one process

  --port N            default 4000; 0 takes any free port
  --host ADDRESS      default 127.0.0.1; elsewhere there are no well-known users and the controls want a key
  --control-key KEY   what they want, as header x-emulator-key
  --no-seed           without alice and bob
  --no-replay         events without a listener are lost
  --help

It writes one line of JSON when it is ready: edgeUrl, supabaseUrl, supabaseKey, users.
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "4000" },
      host: { type: "string", default: "127.0.0.1" },
      "control-key": { type: "string" },
      seed: { type: "boolean", default: true },
      replay: { type: "boolean", default: true },
      help: { type: "boolean", default: false },
    },
    allowNegative: true,
  });
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const { "control-key": controlKey } = values;
  const emulator = await startEmulator({
    port: Number(values.port),
    host: values.host,
    seed: values.seed,
    replay: values.replay,
    ...(controlKey === undefined ? {} : { controlKey }),
  });
  const { edgeUrl, supabaseUrl, supabaseKey, users } = emulator;
  const ready = { edgeUrl, supabaseUrl, supabaseKey, controlKey: emulator.controlKey, users };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void emulator.close());
}

main().catch((error: unknown) => {
  process.stderr.write(`flowith-emulator: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
