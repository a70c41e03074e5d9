import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export const cli: string = fileURLToPath(new URL("../cli.ts", import.meta.url));

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the command line to its end. */
export async function runCli(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", cli, ...args]);
  const ended = { stdout: "", stderr: "" };
  child.stdout.on("data", (piece) => {
    ended.stdout += String(piece);
  });
  child.stderr.on("data", (piece) => {
    ended.stderr += String(piece);
  });
  const [code] = await once(child, "close");
  return { code, ...ended };
}
