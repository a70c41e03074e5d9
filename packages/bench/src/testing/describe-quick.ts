import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, it } from "vitest";
import type { GroupName } from "../groups/groups.ts";

/** What is right or wrong at any speed. */
const MUST_BE_NONE: readonly string[] = ["wrong", "unexpectedPosts"];

/**
 * States that groups run from end to end. What stands in dist is measured, so that a broken build shows here as well.
 * Nothing timed is looked at, and the limit is only there for what hangs.
 */
export async function describeQuick(groups: readonly GroupName[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "flowith-bench-test-"));
  afterAll(() => rm(folder, { recursive: true }));

  it.each(groups)("measures %s from end to end", { timeout: 900_000 }, async (group) => {
    const target = join(folder, `${group}.json`);
    const main = fileURLToPath(new URL("../main.ts", import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [main, group, "--quick", "--json", target]);
    expect(stdout).toContain("# Gates and aims");
    const { reports } = JSON.parse(await readFile(target, "utf8"));
    expect(reports).toHaveLength(1);
    expect(reports[0].measurements.length).toBeGreaterThan(0);
    for (const { metric, scenario, spread } of reports[0].measurements) {
      expect(spread.median).toBeGreaterThanOrEqual(0);
      if (MUST_BE_NONE.includes(metric))
        expect({ scenario, metric, max: spread.max }).toEqual({ scenario, metric, max: 0 });
    }
  });
}
