import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Emulator } from "@flowith-webapi/emulator";

const command = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** The environment of a process that finds an emulator as the service. */
export function serviceOf({ edgeUrl, supabaseUrl, supabaseKey }: Emulator): NodeJS.ProcessEnv {
  return {
    ...process.env,
    FLOWITH_EDGE_URL: edgeUrl,
    FLOWITH_SUPABASE_URL: supabaseUrl,
    FLOWITH_SUPABASE_KEY: supabaseKey,
  };
}

/** The built command, run on an emulator. */
export function startCommand(emulator: Emulator, ...flags: string[]): ChildProcess {
  return startIn(serviceOf(emulator), ...flags);
}

/** The same in an environment of its own. */
export function startIn(env: NodeJS.ProcessEnv, ...flags: string[]): ChildProcess {
  return spawn(process.execPath, [command, ...flags], { env, stdio: ["ignore", "pipe", "pipe"] });
}

/** Its ready line. */
export async function urlOf(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("The command has no output.");
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([once(lines, "line"), once(child, "exit").then(() => ["{}"])]);
  const ready: unknown = JSON.parse(String(line));
  if (typeof ready === "object" && ready !== null && "url" in ready) return String(ready.url);
  throw new Error(`The command said no address: ${line}`);
}

/** What it says on stderr until it ends, and its exit code. */
export async function endOf(child: ChildProcess): Promise<{ code: unknown; errors: string }> {
  let errors = "";
  child.stderr?.on("data", (data: Buffer) => {
    errors += String(data);
  });
  const [code] = await once(child, "close");
  return { code, errors };
}

/** All that it says on stdout. */
export async function linesOf(child: ChildProcess): Promise<string[]> {
  let text = "";
  child.stdout?.on("data", (data: Buffer) => {
    text += String(data);
  });
  await once(child, "close");
  return text.split("\n").filter((line) => line !== "");
}
