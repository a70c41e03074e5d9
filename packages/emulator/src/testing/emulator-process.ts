import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import * as v from "valibot";

export interface ReadyLine {
  edgeUrl: string;
  supabaseUrl: string;
  supabaseKey: string;
  users: { id: string; email: string; token: string; refreshToken: string; apiKey: string }[];
}

const readySchema: v.GenericSchema<unknown, ReadyLine> = v.object({
  edgeUrl: v.string(),
  supabaseUrl: v.string(),
  supabaseKey: v.string(),
  users: v.array(
    v.object({ id: v.string(), email: v.string(), token: v.string(), refreshToken: v.string(), apiKey: v.string() }),
  ),
});

export interface EmulatorProcess extends AsyncDisposable {
  child: ChildProcess;
  ready: ReadyLine;
  /** From the spawn to the line that says it is ready. */
  startMs: number;
  /** All that came on stdout so far. */
  stdout(): string;
  /** Sends a signal and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

export interface ProcessOptions {
  /** What runs the command line; Node if not told otherwise. */
  runtime?: readonly string[];
  env?: NodeJS.ProcessEnv;
}

/** Starts an emulator as a process of its own. */
export async function startProcess(
  cli: string,
  flags: readonly string[],
  { runtime = [process.execPath], env = process.env }: ProcessOptions = {},
): Promise<EmulatorProcess> {
  const startedAt = performance.now();
  const [command = process.execPath, ...before] = runtime;
  const child = spawn(command, [...before, cli, ...flags], { stdio: ["ignore", "pipe", "pipe"], env });
  const exited = once(child, "exit");
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (piece) => {
    stdout += String(piece);
  });
  child.stderr.on("data", (piece) => {
    stderr += String(piece);
  });
  const end = async (signal: NodeJS.Signals = "SIGTERM"): Promise<number | NodeJS.Signals | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
    return child.exitCode ?? child.signalCode;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const ready = v.parse(readySchema, JSON.parse(line));
    child.stdout.resume();
    return {
      child,
      ready,
      startMs: performance.now() - startedAt,
      stdout: () => stdout,
      end,
      async [Symbol.asyncDispose]() {
        await end();
      },
    };
  }
  await exited;
  throw new Error(`The emulator ended with ${child.exitCode ?? child.signalCode} before it was ready: ${stderr}`);
}
