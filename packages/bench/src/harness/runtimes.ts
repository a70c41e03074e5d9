import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

const REQUIREMENT = "flowith_webapi==1.0.1";

/** A way to run something, or why there is none. */
export type Availability = { command: string[] } | { missing: string };

export const NODE: readonly string[] = [process.execPath, "--expose-gc", "--disable-warning=ExperimentalWarning"];

/** A runtime that is on the path, as pnpm's scripts have it. */
export async function runtime(name: "deno" | "bun", args: readonly string[]): Promise<Availability> {
  return run(name, ["--version"]).then(
    () => ({ command: [name, ...args] }),
    () => ({ missing: `${name} is not installed` }),
  );
}

/** A Python with the published client, in a folder of the system's temporary one that later runs use again. */
export async function pythonWithClient(): Promise<Availability> {
  const folder = join(tmpdir(), "flowith-bench-python-1.0.1");
  const python = join(folder, "bin", "python");
  if (existsSync(python)) return { command: [python] };
  const draft = `${folder}.${process.pid}`;
  try {
    await mkdir(draft, { recursive: true });
    await run("python3", ["-m", "venv", draft]);
    await run(join(draft, "bin", "python"), ["-m", "pip", "install", "--quiet", REQUIREMENT]);
    await rename(draft, folder);
    return { command: [python] };
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (existsSync(python)) return { command: [python] };
    return { missing: `there is no Python with ${REQUIREMENT} (${String(error).slice(0, 200)})` };
  }
}
