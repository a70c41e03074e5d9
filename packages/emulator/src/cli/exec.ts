import { spawn } from "node:child_process";
import { constants } from "node:os";
import type { Emulator } from "../emulator.ts";
import { launch } from "./start.ts";
import type { StartFlags } from "./start-options.ts";

const forwarded = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;

function environment({ edgeUrl, supabaseUrl, supabaseKey, users }: Emulator): NodeJS.ProcessEnv {
  const user = users[0];
  return {
    ...process.env,
    FLOWITH_EDGE_URL: edgeUrl,
    FLOWITH_SUPABASE_URL: supabaseUrl,
    FLOWITH_SUPABASE_KEY: supabaseKey,
    // a session of the real service, which is not to be sent here
    FLOWITH_SESSION_FILE: "",
    ...(user === undefined
      ? {}
      : {
          FLOWITH_TOKEN: user.token,
          FLOWITH_REFRESH_TOKEN: user.refreshToken,
          FLOWITH_USER_ID: user.id,
          FLOWITH_API_KEY: user.apiKey,
        }),
  };
}

/** Runs a program; signals go on to it. @returns its exit code, as a shell would say it */
function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: "inherit", env });
    const listeners = forwarded.map((signal) => {
      const listener = (): void => {
        // a terminal has sent Ctrl-C to both already
        if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
      };
      process.on(signal, listener);
      return () => process.off(signal, listener);
    });
    const finish = (): void => {
      for (const remove of listeners) remove();
    };
    child.once("error", (error) => {
      finish();
      reject(new Error(`Cannot run ${command}: ${error.message}`, { cause: error }));
    });
    child.once("exit", (code, signal) => {
      finish();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/** Starts an emulator for as long as a command runs. */
export async function exec(flags: StartFlags, command: string, args: readonly string[]): Promise<void> {
  await using emulator = await launch(flags);
  process.exitCode = await run(command, args, environment(emulator));
}
