import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmulator } from "@flowith-webapi/emulator";
import { expect, it } from "vitest";

const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));

it("answers a prompt though the program that started it never ends its stdin", async () => {
  await using emulator = await startEmulator();
  const [user, home] = await Promise.all([emulator.createUser(), mkdtemp(join(tmpdir(), "flowith-cli-"))]);
  const env = {
    ...process.env,
    FLOWITH_HOME: home,
    FLOWITH_EDGE_URL: emulator.edgeUrl,
    FLOWITH_SUPABASE_URL: emulator.supabaseUrl,
    FLOWITH_SUPABASE_KEY: emulator.supabaseKey,
    FLOWITH_TOKEN: user.token,
    FLOWITH_REFRESH_TOKEN: user.refreshToken,
  };
  const child = spawn(process.execPath, [main, "text", "What is the capital of Poland?"], { env, cwd: home });
  const written = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (part: string) => {
      written[name] += part;
    });
  const [code] = await once(child, "close");
  await rm(home, { recursive: true, force: true });
  expect({ code, ...written }).toEqual({
    code: 0,
    stdout: expect.stringContaining("Warsaw"),
    stderr: expect.stringContaining("--no-stdin"),
  });
});
