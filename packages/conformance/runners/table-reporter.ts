import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import type { Reporter, TestCase, TestModule, TestSpecification } from "vitest/node";
import { groupOf, type RuntimeTable, renderTable } from "./runtime-table.ts";

const FILE = ".test-results/runtimes.md";

/** Prints runtime by group of cases after a run that had any, and writes it where the check of the page finds it. */
export class TableReporter implements Reporter {
  onTestRunStart(specifications: readonly TestSpecification[]): void {
    // A run that breaks off must not leave the table of the one before it.
    if (specifications.some(({ project }) => project.name === "conformance")) rmSync(FILE, { force: true });
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const table: RuntimeTable = new Map();
    for (const module of modules) {
      if (module.project.name !== "conformance") continue;
      for (const test of module.children.allTests()) count(table, test);
    }
    // A run of some cases only is no table.
    if (table.size === 0 || process.env.CASES !== undefined) return;
    const text = renderTable(table);
    mkdirSync(".test-results", { recursive: true });
    writeFileSync(FILE, text);
    process.stdout.write(`\n${text}\n`);
  }
}

/** Tests of cases stand under "in <runtime>"; others are none. */
function count(table: RuntimeTable, test: TestCase): void {
  const { parent, name } = test;
  if (parent.type !== "suite" || !parent.name.startsWith("in ") || groupOf(name) === "") return;
  const runtime = parent.name.slice(3);
  if (runtime.includes(",")) return;
  const groups = table.get(runtime) ?? new Map();
  table.set(runtime, groups);
  const cell = groups.get(groupOf(name)) ?? { passed: 0, failed: 0, notRun: 0 };
  groups.set(groupOf(name), cell);
  const { state } = test.result();
  if (state === "passed") cell.passed++;
  else if (state === "failed") cell.failed++;
  else cell.notRun++;
}
