import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GroupReport, Measurement, Verdict } from "../harness/measurement.ts";
import { runRounds, type Settings } from "../harness/rounds.ts";
import { type Availability, NODE, runtime } from "../harness/runtimes.ts";
import { ratioOf, spreadOf } from "../harness/statistics.ts";
import { atLeast, atMost } from "../harness/verdict.ts";
import { contestantScript, IDLE } from "./workload.ts";

const UNITS = {
  megabytesPerSecond: "MB/s",
  cpuMillisecondsPerMegabyte: "ms CPU/MB",
  growthMebibytes: "MiB of growth",
};

const TRANSFERS = [
  { name: "save", scripts: "download", leastRatio: 0.9 },
  { name: "stream, drained", scripts: "drain", leastRatio: 0.9 },
  { name: "upload", scripts: "upload", leastRatio: 0.8 },
];

/** (d) A large file down and up, against a plain pipeline in the same runtime, and what memory it takes. */
export async function filesGroup(settings: Settings): Promise<GroupReport> {
  const fileBytes = (settings.isQuick ? 16 : 1024) * 2 ** 20;
  const size = settings.isQuick ? "16 MiB" : "1 GiB";
  const measurements: Measurement[] = [];
  const verdicts: Verdict[] = [];
  const notes: string[] = [];
  const folder = await mkdtemp(join(tmpdir(), "flowith-bench-files-"));
  try {
    await makeFile(join(folder, "small.bin"), 1024);
    await makeFile(join(folder, "large.bin"), fileBytes);
    for (const [runtimeName, found] of Object.entries(await runtimes())) {
      if ("missing" in found) {
        notes.push(`${runtimeName.toUpperCase()} IS ABSENT: ${found.missing}.`);
        continue;
      }
      for (const { name, scripts, leastRatio } of TRANSFERS) {
        const scenario = `${runtimeName}: ${name}, ${size}`;
        const field = ["plain", "sdk"].map((who) => ({
          name: who,
          command: found.command,
          script: contestantScript(`${scripts}-${who}.ts`),
        }));
        const rounds = await runRounds(scenario, field, { ...IDLE, fileBytes, folder }, settings).catch(
          (error: unknown) => {
            notes.push(`${scenario} FAILED: ${String(error)}`);
          },
        );
        const rates = (who: string): number[] => rounds?.samples(who, "megabytesPerSecond") ?? [Number.NaN];
        const growth = rounds?.spread("sdk", "growthMebibytes") ?? spreadOf([Number.NaN]);
        measurements.push(...(rounds?.measurements(scenario, UNITS) ?? []));
        verdicts.push(
          atLeast("gate", `(d) ${scenario}: sdk / plain, MB/s`, leastRatio, ratioOf(rates("sdk"), rates("plain"))),
          atMost("gate", `(d) ${scenario}: growth of memory`, 128, growth, "MiB"),
        );
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return { group: "files", measurements, ratios: [], verdicts, notes };
}

async function runtimes(): Promise<Record<string, Availability>> {
  return {
    node: { command: [...NODE] },
    deno: await runtime("deno", ["run", "--allow-all", "--quiet"]),
    bun: await runtime("bun", ["run"]),
  };
}

/** A file without content of its own, which costs no disk. */
async function makeFile(path: string, sizeBytes: number): Promise<void> {
  await using file = await open(path, "w");
  await file.truncate(sizeBytes);
}
