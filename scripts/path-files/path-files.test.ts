import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, expect, it } from "vitest";
import type { FileReport, PathReport } from "./path-report.ts";

const reports = new Map<string, PathReport>();

// What stands in dist is measured.
beforeAll(async () => {
  const script = fileURLToPath(new URL("../path-files.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, "--json"]);
  const all: PathReport[] = JSON.parse(stdout);
  for (const report of all) reports.set(report.path, report);
});

function filesOf(path: string): FileReport[] {
  return reports.get(path)?.files ?? [];
}

it("tells functions by their own names", () => {
  const names = filesOf("generateStream").flatMap(({ functions }) => functions);
  expect(names).toContain("generateStream");
  // In dist those have a number behind them that several files have.
  expect(names.filter((name) => /\d$/.test(name))).toEqual([]);
});

it("opens no file for what the client's making alone runs", () => {
  const files = filesOf("generateStream").filter(({ longestLines }) => longestLines === 0);
  expect(files.map(({ file }) => file)).toContain("packages/core/src/resources/account.ts");
  expect(files.filter(({ hasToBeOpened }) => hasToBeOpened)).toEqual([]);
});

it("finds in a save neither the client's making nor the job that made the picture", () => {
  const files = filesOf("image.save").map(({ file }) => file);
  expect(files).toContain("packages/sdk/src/disk/save-file.ts");
  expect(files.filter((file) => /\/(generation|events|resources)\/|\/client\.ts$/.test(file))).toEqual([]);
});

it("finds the refresh behind a refused token", () => {
  const auth = filesOf("refused-token").find(({ file }) => file === "packages/supabase/src/auth.ts");
  expect(auth?.functions).toContain("refresh");
  expect(auth?.longestLines).toBeGreaterThan(0);
});

it("counts in its totals what its rows tell", () => {
  for (const { files, totals } of reports.values()) {
    expect(totals.filesThatRun).toBe(files.length);
    expect(totals.functions).toBe(files.reduce((sum, { functions }) => sum + functions.length, 0));
    expect(totals.filesToOpen).toBe(files.filter(({ hasToBeOpened }) => hasToBeOpened).length);
  }
});
