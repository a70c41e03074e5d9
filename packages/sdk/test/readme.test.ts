import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startEmulator } from "@flowith-webapi/emulator";
import { expect, it } from "vitest";

const run = promisify(execFile);
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
// A folder that has the package among its dependencies.
const conformance = fileURLToPath(new URL("../../conformance/", import.meta.url));

it("shows a sign-in that works, and is remembered by the next run", async () => {
  await using emulator = await startEmulator();
  const user = await emulator.createUser({ password: "correct horse" });
  const cwd = await mkdtemp(join(conformance, ".run-"));
  try {
    const [, example = ""] = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
    await writeFile(join(cwd, "sign-in.ts"), example);
    const env = {
      ...process.env,
      EMAIL: user.email,
      PASSWORD: "correct horse",
      FLOWITH_EDGE_URL: emulator.edgeUrl,
      FLOWITH_SUPABASE_URL: emulator.supabaseUrl,
      FLOWITH_SUPABASE_KEY: emulator.supabaseKey,
    };
    const outputs = [await run(process.execPath, ["sign-in.ts"], { cwd, env })];
    outputs.push(await run(process.execPath, ["sign-in.ts"], { cwd, env }));
    expect(outputs.map(({ stdout }) => stdout)).toEqual([`signed-in\n${user.email}\n`, `${user.email}\n`]);
  } finally {
    await rm(cwd, { recursive: true });
  }
});
