import { expect, it } from "vitest";
import { type Cell, renderTable } from "./runtime-table.ts";

const none: Cell = { passed: 0, failed: 0, notRun: 0 };

function tableOf(cells: Record<string, Cell>): string {
  return renderTable(new Map(Object.entries(cells).map(([runtime, cell]) => [runtime, new Map([["text", cell]])])));
}

it("says that a group held only where all its cases were run and passed", () => {
  const cells = { All: { ...none, passed: 2 }, None: { ...none, notRun: 2 }, Some: { ...none, passed: 1, notRun: 1 } };
  expect(tableOf(cells)).toContain("| text | ✓ | – | – |");
  expect(tableOf({ One: { passed: 1, failed: 1, notRun: 0 } })).toContain("| text | **1 failed** |");
});

it("does not say that a group held in a runtime that has none of its cases", () => {
  const table = renderTable(
    new Map([
      ["Deno", new Map([["text", { ...none, passed: 1 }]])],
      ["Bun", new Map()],
    ]),
  );
  expect(table).toContain("| text | – | ✓ |");
});

it("names what a runtime leaves out, with the reason", () => {
  const table = renderTable(new Map([["Chromium", new Map([["jobs", { ...none, passed: 1 }]])]]));
  expect(table).toMatch(/\| jobs \| ✓ \(1(, \d+)*\) \|/);
  expect(table).toMatch(/^1\. Chromium leaves out “jobs: .+”: Chromium itself sends a post again/m);
});
