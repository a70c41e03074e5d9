import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { cpus, loadavg, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export interface Machine {
  node: string;
  cpu: string;
  cores: number;
  memoryGiB: number;
  /** The system's load when the run began and when it ended; above the number of cores others had a part in it. */
  loadBefore: number;
  loadAfter: number;
  commit: string;
  /** Names the code that was measured, which can be newer than the commit. */
  coreDigest: string;
}

/** What the numbers were taken on. */
export async function machineNow(): Promise<Machine> {
  const [{ model = "unknown" } = {}] = cpus();
  const load = loadavg()[0] ?? Number.NaN;
  const core = fileURLToPath(import.meta.resolve("@flowith-webapi/core"));
  const commit = await promisify(execFile)("git", ["rev-parse", "--short", "HEAD"]).then(
    ({ stdout }) => stdout.trim(),
    () => "unknown",
  );
  return {
    node: process.version,
    cpu: model,
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    loadBefore: load,
    loadAfter: load,
    commit,
    coreDigest: createHash("sha256")
      .update(await readFile(core))
      .digest("hex")
      .slice(0, 12),
  };
}
