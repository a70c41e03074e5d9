import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const cli = fileURLToPath(new URL("./cli.ts", import.meta.url));

function start(...flags: string[]): ChildProcess {
  return spawn(process.execPath, [cli, ...flags], { stdio: ["ignore", "pipe", "pipe"] });
}

async function firstLine(child: ChildProcess, from: "stdout" | "stderr" = "stdout"): Promise<string> {
  const stream = child[from];
  if (stream === null) return "";
  for await (const line of createInterface({ input: stream })) return line;
  return "";
}

it("says in one line of JSON where it is, serves, and ends quietly on Ctrl-C", async () => {
  const child = start("--port", "0", "--no-replay");
  const exited = once(child, "exit");
  const { edgeUrl, supabaseUrl, supabaseKey, users }: Record<string, unknown> = JSON.parse(await firstLine(child));
  expect([supabaseUrl, supabaseKey]).toEqual([edgeUrl, expect.stringMatching(/^sb_publishable_/)]);
  expect(users).toMatchObject([
    { email: "alice@example.com", token: expect.any(String) },
    { email: "bob@example.com" },
  ]);
  expect((await fetch(`${edgeUrl}/models`)).status).toBe(200);
  expect(await (await fetch(`${edgeUrl}/__emulator/settings`)).json()).toMatchObject({ replay: false });
  child.kill("SIGINT");
  expect(await exited).toEqual([0, null]);
});

it("says what is wrong with its options and exits with 2", async () => {
  const child = start("--harbour", "1");
  const exited = once(child, "exit");
  expect(await firstLine(child, "stderr")).toMatch(/^flowith-emulator: unknown option '--harbour'/);
  expect(await exited).toEqual([2, null]);
});
