import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { killRounds } from "../src/testing/kill-rounds.ts";

const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

// `pnpm kill-test` does the same ten times.
it("loses no acknowledged row of any round when it is killed again and again", { timeout: 300_000 }, async () => {
  const rounds = await killRounds({ cli, rounds: 4, inserts: 2_000, width: 8 });
  expect(rounds.map(({ lost }) => lost)).toEqual([0, 0, 0, 0]);
  expect(Math.min(...rounds.map(({ acknowledged }) => acknowledged))).toBeGreaterThan(300);
});
