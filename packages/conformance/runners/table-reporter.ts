import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Reporter, TestCase, TestModule, TestSpecification } from "vitest/node";
import { groupOf, type RuntimeTable, renderTable, tableToJson } from "./runtime-table.ts";

/** Prints runtime by group of cases after a run that had any, and keeps it where the check of the page finds it. */
export class TableReporter implements Reporter {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    // A run that breaks off must not leave the table of the one before it.
    if (specifications.some(({ project }) => project.name === "conformance")) rmSync(this.#file, { force: true });
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const table: RuntimeTable = new Map();
    for (const module of modules) {
      if (module.project.name !== "conformance") continue;
      for (const test of module.children.allTests()) count(table, test);
    }
    // A run of some cases only is no table.
    if (table.size === 0 || process.env.CASES !== undefined) return;
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, tableToJson(table));
    process.stdout.write(`\n${renderTable(table)}\n`);
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
