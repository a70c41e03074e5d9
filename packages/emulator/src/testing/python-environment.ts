import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

const requirement = "flowith_webapi==1.0.1";

async function hasPython(): Promise<boolean> {
  return run("python3", ["-c", "import venv, ensurepip"]).then(
    () => true,
    () => false,
  );
}

/**
 * A Python with the published client in it, in a folder of the system's temporary one that later runs use again.
 * Without Python, or without a way to get the client, the reason is told instead.
 */
export async function pythonWithClient(): Promise<{ python: string } | { missing: string }> {
  const folder = join(tmpdir(), `flowith-emulator-python-${requirement.replace(/\W+/g, "-")}`);
  const python = join(folder, "bin", "python");
  if (existsSync(python)) return { python };
  if (!(await hasPython())) return { missing: "python3 with venv is not installed" };
  const draft = `${folder}.${process.pid}`;
  try {
    await mkdir(draft, { recursive: true });
    await run("python3", ["-m", "venv", draft]);
    await run(join(draft, "bin", "python"), ["-m", "pip", "install", "--quiet", requirement]);
    await rename(draft, folder);
    return { python };
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (existsSync(python)) return { python };
    return { missing: `pip could not install ${requirement}: ${String(error).slice(0, 300)}` };
  }
}
