import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import type { Settings } from "../../context/settings.ts";
import { writeWhole } from "../../disk/write-whole.ts";

const schema = v.record(v.string(), v.pipe(v.number(), v.minValue(0)));

/** What one job of each kind has cost, kept between runs: it is a guess, and so is its file's loss no failure. */
export interface CostFile {
  load(): Promise<Record<string, number>>;
  save(costs: Record<string, number>): Promise<void>;
}

/** @returns undefined where a flag or the environment names another service, whose prices are its own */
export function costFile({ folders, profile, given }: Settings): CostFile | undefined {
  if (given.edgeUrl !== undefined) return undefined;
  const path = join(folders.state, "costs", `${profile}.json`);
  return {
    async load() {
      try {
        return v.parse(schema, JSON.parse(await readFile(path, "utf8")));
      } catch {
        return {};
      }
    },
    async save(costs) {
      const content = `${JSON.stringify(costs, undefined, 2)}\n`;
      await writeWhole(path, content, { mode: 0o600, folderMode: 0o700 }).catch(() => undefined);
    },
  };
}
