import stringWidth from "string-width";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Output } from "../output/output.ts";
import { TestShell } from "../testing/run-cli.ts";
import { BatchProgress } from "./batch-progress.ts";
import { Tally } from "./tally.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A third of the way after 20 s. */
async function progressOf(options: { isTerminal: boolean; columns?: number; quiet?: boolean }): Promise<string> {
  const test = new TestShell(options);
  const tally = new Tally(60, 0);
  tally.creditsAtStart = 1_000;
  tally.creditsLeft = 880;
  for (let line = 1; line <= 20; line++) {
    const status = line === 3 ? "rejected" : "fulfilled";
    const told = { id: String(line), index: line - 1, status, kind: "text", digest: "" } as const;
    tally.count(line, { told, exitCode: undefined }, false);
  }
  tally.running.add("21");
  using progress = new BatchProgress(
    new Output(test.shell, { color: false, quiet: options.quiet ?? false }),
    tally,
    60,
  );
  await vi.advanceTimersByTimeAsync(20_000);
  progress.update();
  await vi.advanceTimersByTimeAsync(100);
  return test.stderr;
}

const frames = (drawn: string): string[] => drawn.split("\r\u001b[2K").filter((frame) => frame !== "");

it("is one line on a terminal, with what fits", async () => {
  const wide = frames(await progressOf({ isTerminal: true, columns: 100 })).at(-1) ?? "";
  expect(wide).toMatch(/█{5}░{11} 20\/60, 1 failed, 40 s left, 1 running, 120 credits spent of 1,000/);
  for (const columns of [80, 40, 20]) {
    const drawn = frames(await progressOf({ isTerminal: true, columns }));
    expect(drawn.at(-1)).toContain("20/60");
    expect(Math.max(...drawn.map((frame) => stringWidth(frame)))).toBeLessThan(columns);
  }
});

it("is a line every ten seconds elsewhere, and none with --quiet", async () => {
  const lines = (await progressOf({ isTerminal: false })).trimEnd().split("\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatch(/^20\/60, 1 failed, 40 s left, 1 running, 120 credits spent of 1,000, 60\/min$/);
  expect(await progressOf({ isTerminal: false, quiet: true })).toBe("");
});
