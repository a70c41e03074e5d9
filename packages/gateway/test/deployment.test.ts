import { execFile, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseEnv, promisify } from "node:util";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import OpenAI from "openai";
import { afterAll, beforeAll, expect, it } from "vitest";
import { endOf, serviceOf, urlOf } from "./support/command.ts";

const execute = promisify(execFile);
const packageFolder = fileURLToPath(new URL("../", import.meta.url));
const [, section = ""] = readFileSync(`${packageFolder}README.md`, "utf8").split("## Deployment");
const [, unit = ""] = /```ini\n([\s\S]*?)```/.exec(section) ?? [];
const [, shell = ""] = /```shell\n([\s\S]*?)```/.exec(section) ?? [];

/** A line of the unit. */
function setting(name: string): string {
  const [, value] = new RegExp(`^${name}=(.*)$`, "m").exec(unit) ?? [];
  if (value === undefined) throw new Error(`The unit has no ${name}.`);
  return value;
}

/** The words of a command, as run from what is built here. */
function words(command: string): string[] {
  const found = command.match(/"[^"]*"|\S+/g) ?? [];
  return found.map((word) =>
    word
      .replaceAll('"', "")
      .replace(/^\/usr\/bin\/node$/, process.execPath)
      .replace("/opt/flowith-gateway/node_modules/@flowith-webapi/gateway/", packageFolder)
      .replace("/opt/flowith-gateway/node_modules/.bin/flowith-gateway", `${packageFolder}dist/cli.js`)
      .replace(/^8787$/, "0"),
  );
}

let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator({ firstEventMs: 5, fragmentMs: 1 });
  folder = await mkdtemp(join(tmpdir(), "gateway-deployment-"));
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});

it("the unit is one that systemd takes", async ({ skip }) => {
  const file = join(folder, "flowith-gateway.service");
  // It looks for the programs that are named.
  await writeFile(file, unit.replace("/usr/bin/node", process.execPath));
  const { stderr } = await execute("systemd-analyze", ["verify", file]).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return skip("There is no systemd here.");
    throw error;
  });
  expect(stderr).not.toContain("flowith-gateway.service");
});

it("its command runs with a key of the shell's and the environment's file, and lets a stream end before it does", async () => {
  const user = await emulator.createUser();
  emulator.model.add({ match: "30 words", reply: "word ".repeat(30), delayMs: 10, user: user.id });
  const [, create = ""] = /sudo -u \S+ \\\n\s+(.*keys create.*)$/m.exec(shell) ?? [];
  const { stdout: key } = await execute(process.execPath, words(create), { cwd: folder });

  const { FLOWITH_EDGE_URL, FLOWITH_SUPABASE_URL, FLOWITH_SUPABASE_KEY } = serviceOf(emulator);
  const given = { FLOWITH_API_KEY: user.apiKey, FLOWITH_EDGE_URL, FLOWITH_SUPABASE_URL, FLOWITH_SUPABASE_KEY };
  const environmentFile = Object.entries(given).map(([name, value]) => `${name}=${value}\n`);
  const [command = "", ...flags] = words(setting("ExecStart"));
  const env = parseEnv(environmentFile.join(""));
  const child = spawn(command, flags, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  const end = endOf(child);
  const openai = new OpenAI({ baseURL: `${await urlOf(child)}/v1`, apiKey: key.trim(), maxRetries: 0 });
  const messages = [{ role: "user" as const, content: "30 words" }];
  const stream = await openai.chat.completions.create({ model: "gpt-4.1-nano", messages, stream: true });
  let text = "";
  for await (const { choices } of stream) {
    if (text === "") process.kill(child.pid ?? Number.NaN, setting("KillSignal"));
    text += choices[0]?.delta.content ?? "";
  }
  expect(text.trim().split(" ")).toHaveLength(30);
  expect(await end).toMatchObject({ code: 0 });
});

it("systemd waits longer than the command does", () => {
  const [, shutdown] = / --shutdown (\d+)/.exec(setting("ExecStart")) ?? [];
  // What stands in sockets has two seconds more.
  expect(Number(setting("TimeoutStopSec"))).toBeGreaterThan(Number(shutdown) + 2);
});
