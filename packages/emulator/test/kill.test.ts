import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { killRounds } from "../src/testing/kill-rounds.ts";

const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

// `pnpm kill-test` does the same ten times with 2,000 rows.
it("loses no acknowledged row when it is killed in the middle of inserts", { timeout: 60_000 }, async () => {
  const rounds = await killRounds({ cli, rounds: 2, inserts: 400, width: 8 });
  expect(rounds.map(({ lost }) => lost)).toEqual([0, 0]);
  expect(Math.min(...rounds.map(({ acknowledged }) => acknowledged))).toBeGreaterThan(50);
});
