import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";
import * as v from "valibot";
import { CliError, QuietEnd, usageError } from "../cli-error.ts";
import type { Context } from "../context/context.ts";
import type { Shell } from "../shell.ts";

const manifest = v.object({ bin: v.object({ "flowith-emulator": v.string() }) });

/** No shape of its own: what the emulator's program says. */
export async function emulator({ flags, shell }: Context, args: string[]): Promise<void> {
  const { json, profile, edgeUrl, supabaseUrl, supabaseKey } = flags;
  if (json || [profile, edgeUrl, supabaseUrl, supabaseKey].some((value) => value !== undefined)) {
    throw usageError(
      "The emulator knows neither profiles nor addresses, and its options stand after its name.",
      "For example: flowith emulator status --json",
    );
  }
  const exitCode = await runNode(shell, [emulatorProgram(), ...args]);
  if (exitCode !== 0) throw new QuietEnd(exitCode);
}

function emulatorProgram(): string {
  const url = import.meta.resolve("@flowith-webapi/emulator/package.json");
  const { bin } = v.parse(manifest, JSON.parse(readFileSync(new URL(url), "utf8")));
  return fileURLToPath(new URL(bin["flowith-emulator"], url));
}

/** With this process's own streams, and its signals. @returns the exit code, as a shell would say it */
function runNode(shell: Shell, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: "inherit", cwd: shell.cwd, env: { ...shell.env } });
    const release = shell.onInterrupt(() => {
      // a terminal has sent Ctrl-C to both already
      if (!process.stdin.isTTY) child.kill("SIGINT");
    });
    const onAbort = (): void => void child.kill("SIGTERM");
    shell.signal.addEventListener("abort", onAbort, { once: true });
    const finish = (): void => {
      release();
      shell.signal.removeEventListener("abort", onAbort);
    };
    child.once("error", (cause) => {
      finish();
      reject(new CliError(`Cannot run the emulator: ${cause.message}`, { cause }));
    });
    child.once("exit", (code, signal) => {
      finish();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}
