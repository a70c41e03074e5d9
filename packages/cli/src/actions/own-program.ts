import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";
import * as v from "valibot";
import { CliError, QuietEnd, usageError } from "../cli-error.ts";
import type { Context } from "../context/context.ts";
import type { Shell } from "../shell.ts";

/** A program of the project's that a command hands all its words to. */
interface OwnProgram {
  package: string;
  /** As its package calls it. */
  name: string;
  /** What people call it. */
  title: string;
  /** What it is told of who has started it. */
  env?: NodeJS.ProcessEnv;
  /** Whether it takes the addresses of this program's flags. */
  hasAddresses: boolean;
  example: string;
}

/** No shape of its own: what the emulator's program says. */
export async function emulator(context: Context, args: string[]): Promise<void> {
  const example = "flowith emulator status --json";
  await runProgram(
    { package: "@flowith-webapi/emulator", name: "flowith-emulator", title: "emulator", hasAddresses: false, example },
    context,
    args,
  );
}

/** No shape of its own either: what the gateway's program says. */
export async function serve(context: Context, args: string[]): Promise<void> {
  const example = "flowith serve --port 8787";
  const isNpx = context.shell.env.npm_command === "exec";
  const env = {
    FLOWITH_GATEWAY_COMMAND: "flowith serve",
    // npx ends without a word to what it has started.
    ...(isNpx ? { FLOWITH_GATEWAY_LAUNCHER: String(process.ppid) } : {}),
  };
  await runProgram(
    { package: "@flowith-webapi/gateway", name: "flowith-gateway", title: "gateway", hasAddresses: true, example, env },
    context,
    args,
  );
}

async function runProgram(program: OwnProgram, { flags, shell }: Context, args: string[]): Promise<void> {
  const { json, profile, edgeUrl, supabaseUrl, supabaseKey } = flags;
  const { title, hasAddresses, example } = program;
  const addresses = [edgeUrl, supabaseUrl, supabaseKey];
  if (json || profile !== undefined || (!hasAddresses && addresses.some((value) => value !== undefined))) {
    const what = hasAddresses ? "no profiles" : "neither profiles nor addresses";
    throw usageError(`The ${title} knows ${what}, and its options stand after its name.`, `For example: ${example}`);
  }
  const env = {
    ...shell.env,
    ...program.env,
    ...(edgeUrl === undefined ? {} : { FLOWITH_EDGE_URL: edgeUrl }),
    ...(supabaseUrl === undefined ? {} : { FLOWITH_SUPABASE_URL: supabaseUrl }),
    ...(supabaseKey === undefined ? {} : { FLOWITH_SUPABASE_KEY: supabaseKey }),
  };
  const exitCode = await runNode({ ...shell, env }, title, [pathOf(program), ...args]);
  if (exitCode !== 0) throw new QuietEnd(exitCode);
}

function pathOf({ package: packageName, name }: OwnProgram): string {
  const url = import.meta.resolve(`${packageName}/package.json`);
  const manifest = v.object({ bin: v.object({ [name]: v.string() }) });
  const { bin } = v.parse(manifest, JSON.parse(readFileSync(new URL(url), "utf8")));
  return fileURLToPath(new URL(bin[name] ?? "", url));
}

/** With this process's own streams, and its signals. @returns the exit code, as a shell would say it */
function runNode(shell: Shell, title: string, args: readonly string[]): Promise<number> {
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
      reject(new CliError(`Cannot run the ${title}: ${cause.message}`, { cause }));
    });
    child.once("exit", (code, signal) => {
      finish();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}
