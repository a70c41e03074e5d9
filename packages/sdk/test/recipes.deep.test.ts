import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ScriptFolder } from "./script-folder.ts";

const page = readFileSync(new URL("../../docs/testing.md", import.meta.url), "utf8");
const root = fileURLToPath(new URL("../../../", import.meta.url));
const jest = createRequire(join(root, "packages/conformance/package.json")).resolve("jest/bin/jest");

/** The page's files, by the names in their first lines. */
const files = new Map(
  [...page.matchAll(/```[jt]s\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(([, name = "", content = ""]) => [name, content]),
);

let folder: ScriptFolder;
beforeAll(async () => {
  folder = await ScriptFolder.create();
  for (const [name, content] of files) await folder.write(name, content);
  await folder.write("vitest.config.mjs", "export default { test: { include: ['*.test.ts'] } };");
});
afterAll(() => folder[Symbol.asyncDispose]());

it("has a recipe for each runner", () => {
  expect([...files.keys()].filter((name) => name.includes(".test."))).toEqual([
    "answer.test.ts",
    "answer.test.cjs",
    "answer.test.mjs",
  ]);
});

it("works in Vitest", async () => {
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const args = ["run", "--reporter=json", "--outputFile=result.json", "--config=vitest.config.mjs"];
  await folder.run(process.execPath, [vitest, ...args]);
  const result: unknown = JSON.parse(readFileSync(join(folder.path, "result.json"), "utf8"));
  expect(result).toMatchObject({ numPassedTests: 4, numTotalTests: 4 });
});

it("works in Jest's default mode", async () => {
  const printed = await folder.run(process.execPath, [jest, "--config=jest.config.cjs", "--json", "--ci"]);
  expect(JSON.parse(printed)).toMatchObject({ numPassedTests: 1, numTotalTests: 1 });
});

it("works in node:test", async () => {
  expect(await folder.run(process.execPath, ["--test", "--test-reporter=tap", "answer.test.mjs"])).toMatch(
    /^# pass 1$/m,
  );
});
