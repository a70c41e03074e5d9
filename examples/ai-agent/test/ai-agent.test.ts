import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, expect, it } from "vitest";

const [answers, main] = ["../emulator-answers.ts", "../main.ts"].map((name) => new URL(name, import.meta.url).href);
const run = promisify(execFile);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowith-agent-"));
});
afterAll(() => rm(folder, { recursive: true }));

it.each(["an API key", "the bridge"])("looks a fact up, draws a picture and answers, by %s", async (by) => {
  await using emulator = await startEmulator({ firstEventMs: 10, fragmentMs: 1, imageMs: 10 });
  const user = await emulator.createUser();
  const cwd = await mkdtemp(join(folder, "run-"));
  const env = {
    ...process.env,
    FLOWITH_EDGE_URL: emulator.edgeUrl,
    FLOWITH_SUPABASE_URL: emulator.supabaseUrl,
    FLOWITH_SUPABASE_KEY: emulator.supabaseKey,
    FLOWITH_USER_ID: user.id,
    FLOWITH_TOKEN: user.token,
    FLOWITH_API_KEY: by === "an API key" ? user.apiKey : "",
  };
  const script = `await import(${JSON.stringify(answers)}); await import(${JSON.stringify(main)});`;
  const args = ["--disable-warning=ExperimentalWarning", "--input-type=module", "-e", script];
  const { stdout } = await run(process.execPath, args, { cwd, env });
  expect(stdout).toMatch(
    /^→ lookUp \{"place":"lighthouse"\}\n← Built in 1871.*\n→ draw .*\n← It is in .*\.png\.\n\nThe lighthouse is of 1871/,
  );
  const [picture = ""] = await readdir(cwd);
  expect((await readFile(join(cwd, picture))).subarray(1, 4).toString()).toBe("PNG");
  const route = by === "an API key" ? "POST /external/use/llm" : "POST /completion/async";
  expect(emulator.journal.list({ user: user.id, route })).toHaveLength(3);
});
