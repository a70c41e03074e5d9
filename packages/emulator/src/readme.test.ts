import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Emulator } from "./emulator.ts";
import { faultKinds } from "./faults/kinds/index.ts";
import { startEmulator } from "./start-emulator.ts";

const run = promisify(execFile);
let readme: string;
let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  emulator = await startEmulator();
  folder = await mkdtemp(join(tmpdir(), "flowith-emulator-"));
  await writeFile(join(folder, "bot.mjs"), readme.match(/```js\n(.*?)```/s)?.[1] ?? "");
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});

const bot = (): Promise<{ stdout: string }> =>
  run(process.execPath, [join(folder, "bot.mjs")], { env: { ...process.env, FLOWITH_EDGE_URL: emulator.edgeUrl } });

async function curl(index: number): Promise<void> {
  const bodies = [...readme.matchAll(/^curl -d '(.*)' http/gm)].map((match) => match[1] ?? "");
  const response = await fetch(`${emulator.url}/__emulator/faults`, { method: "POST", body: bodies[index] ?? "" });
  expect(response.status).toBe(201);
}

const whole = Array.from({ length: 12 }, (_, index) => `word${index + 1}`).join(" ");

it("tells the truth about the ten-line bot", async () => {
  expect((await bot()).stdout).toBe(`The answer: ${whole}\n`);
  await curl(0);
  await expect(bot()).rejects.toThrow("TypeError: terminated");
  await curl(1);
  const { stdout } = await bot();
  expect(stdout).toMatch(/^The answer: word1 word2 word3/);
  expect(stdout).not.toContain("word12");
  expect((await bot()).stdout).toBe(`The answer: ${whole}\n`);
});

it("shows code that runs", async () => {
  const code = readme.match(/```ts\n(.*?)```/s)?.[1] ?? "";
  const source = new URL("./index.ts", import.meta.url).href;
  const file = join(folder, "example.ts");
  await writeFile(file, code.replace('"@flowith-webapi/emulator"', JSON.stringify(source)));
  await run(process.execPath, [file]);
  expect(code).toContain("startEmulator()");
});

it("names every fault there is", () => {
  for (const { type } of faultKinds) expect(readme, type).toContain(`\`${type}\``);
});
