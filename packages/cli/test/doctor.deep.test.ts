import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { startEmulator } from "@flowith-webapi/emulator";
import { expect, it } from "vitest";

const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));

it("doctor ends at Ctrl-C with what it knows, and leaves no process and no stream behind", async () => {
  await using emulator = await startEmulator({ heartbeatMs: 600_000 });
  const { token, email } = await emulator.createUser({ email: "interrupter@example.com" });
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  const child = spawn(process.execPath, [main, "doctor", "--wait", "600"], {
    env: {
      PATH: process.env.PATH,
      FLOWITH_HOME: fileURLToPath(new URL("../dist/no-home", import.meta.url)),
      FLOWITH_TOKEN: token,
      FLOWITH_EDGE_URL: edgeUrl,
      FLOWITH_SUPABASE_URL: supabaseUrl,
      FLOWITH_SUPABASE_KEY: supabaseKey,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  const hasTables = Promise.withResolvers<void>();
  child.stdout.on("data", (bytes: Buffer) => {
    stdout += bytes;
    if (stdout.includes("get_online_count")) hasTables.resolve();
  });
  child.stderr.on("data", (bytes: Buffer) => {
    stderr += bytes;
  });
  const exit = once(child, "close");
  await hasTables.promise;
  await emulator.journal.waitFor({ route: "GET /user_stream/stream", user: email, status: 200 }, 120_000);
  child.kill("SIGINT");
  const [code] = await exit;
  expect({ code, stderr }).toEqual({ code: 130, stderr: expect.stringMatching(/^Interrupted: [^\n]*\n$/) });
  expect(stdout).toMatch(/✓ conversation\n/);
  expect(stdout).toMatch(/\? \/stream (?:opens .*|stays open): interrupted\n/);
  expect(stdout).toMatch(/\n\d+ hold, 0 differ, \d+ unknown\n$/);
  const status = await (await fetch(`${edgeUrl}/__emulator/status`)).json();
  expect(status).toMatchObject({ openStreams: 0 });
});
