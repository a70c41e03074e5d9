import { spawn } from "node:child_process";
import { fstatSync } from "node:fs";
import { ExitCode } from "./exit-codes.ts";
import { run, wantsJson } from "./run.ts";
import { Interruption, type Shell } from "./shell.ts";

/** How long an interrupted command may take to leave nothing half-written; longer than the emulator's own ten seconds. */
const FAREWELL_MS = 15_000;

/** The program in this process: its streams, its signals, its exit code. */
export async function runInProcess(): Promise<void> {
  const controller = new AbortController();
  const listeners: (() => void)[] = [];
  const stop = (reason: Interruption): void => {
    if (controller.signal.aborted) process.exit(reason.exitCode);
    controller.abort(reason);
    // what does not end is left behind
    setTimeout(() => process.exit(reason.exitCode), FAREWELL_MS).unref();
  };
  process.on("SIGINT", () => {
    const listener = listeners.at(-1);
    if (listener === undefined) stop(new Interruption("Interrupted.", ExitCode.Interrupted));
    else listener();
  });
  process.on("SIGTERM", () => stop(new Interruption("Terminated.", 143)));
  process.on("SIGHUP", () => stop(new Interruption("The terminal is gone.", 129)));
  let unwritable: Interruption | undefined;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      // `| head` has read enough; whatever else comes has nowhere to go
      if (error.code === "EPIPE") {
        unwritable = new Interruption("Nobody reads the output any more.", ExitCode.BrokenPipe);
      } else {
        if (stream === process.stdout && !controller.signal.aborted)
          process.stderr.write(`${outputProblem(error.message)}\n`);
        unwritable = new Interruption("The output cannot be written.", ExitCode.Failed);
      }
      stop(unwritable);
    });
  }
  let hasReadInput = false;
  const shell: Shell = {
    env: process.env,
    cwd: process.cwd(),
    // opened when it is read: what is open keeps a process
    get stdin() {
      hasReadInput = true;
      return process.stdin;
    },
    isStdinSocket: isSocket(0),
    stdout: process.stdout,
    stderr: process.stderr,
    signal: controller.signal,
    onInterrupt(listener) {
      listeners.push(listener);
      return () => {
        listeners.splice(listeners.indexOf(listener), 1);
      };
    },
    open,
  };
  // A command may wait for what does not keep a process by itself, such as `AbortSignal.timeout`.
  const alive = setInterval(() => {}, 60_000);
  const exitCode = await run(process.argv.slice(2), shell);
  // what could not be written makes a failure of what went well otherwise
  process.exitCode = exitCode === ExitCode.Ok ? (unwritable?.exitCode ?? exitCode) : exitCode;
  clearInterval(alive);
  if (hasReadInput) process.stdin.destroy();
}

function outputProblem(why: string): string {
  const message = `Cannot write to stdout: ${why}`;
  return wantsJson(process.argv.slice(2))
    ? JSON.stringify({ error: { code: "failed", message } })
    : `flowith: ${message}`;
}

function isSocket(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isSocket();
  } catch {
    return false;
  }
}

const openers: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/** By the system's own program, which outlives this one. */
function open(target: string): Promise<void> {
  const [command = "xdg-open", ...args] = openers[process.platform] ?? ["xdg-open"];
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args, target], { stdio: "ignore", detached: true });
    child.once("error", reject);
    child.once("spawn", () => {
      child.unref();
      resolve();
    });
  });
}
