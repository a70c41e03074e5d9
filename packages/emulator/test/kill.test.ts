import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { killRounds } from "../src/testing/kill-rounds.ts";

const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

it("loses no acknowledged row when it is killed in the middle of inserts", async () => {
  const [round, ...others] = await killRounds({ cli, rounds: 1, inserts: 400, width: 8 });
  expect(others).toEqual([]);
  expect(round?.lost).toBe(0);
  expect(round?.acknowledged).toBeGreaterThan(50);
});
