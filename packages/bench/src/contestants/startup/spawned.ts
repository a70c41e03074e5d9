import { spawnSync } from "node:child_process";
import { spreadOf } from "../../harness/statistics.ts";

const TIMES = 7;

/** How long a program of Node takes from its start to its end: the middle of some runs. @throws where it fails */
export function reportProcess(...args: string[]): void {
  const took = Array.from({ length: TIMES }, () => {
    const startedAtMs = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}: ${stderr}`);
    return performance.now() - startedAtMs;
  });
  process.stdout.write(`${JSON.stringify({ milliseconds: spreadOf(took).median })}\n`);
}
