import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { startEmulator } from "@flowith-webapi/emulator";
import { expect, it } from "vitest";

const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));

it("flowith serve is the gateway, with its options and this program's addresses", async () => {
  const emulator = await startEmulator();
  const user = await emulator.createUser();
  const addresses = ["--edge-url", emulator.edgeUrl, "--supabase-url", emulator.supabaseUrl];
  const args = [main, ...addresses, "serve", "--port", "0", "--no-log"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
  const ended = once(child, "close");
  const [line] = await once(child.stdout, "data");
  const { url } = JSON.parse(String(line));
  const answer = await fetch(`${url}/v1/models`, { headers: { authorization: `Bearer ${user.token}` } });
  expect(answer.status).toBe(200);
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  await emulator.close();
});

it("flowith serve ends when npx does, which hands no signal on", async () => {
  const emulator = await startEmulator();
  const { FLOWITH_GATEWAY_LAUNCHER: _none, ...rest } = process.env;
  const env = { ...rest, npm_command: "exec" };
  // As npx does: a shell between, which stays for what comes after.
  const command = `"${process.execPath}" "${main}" --edge-url "${emulator.edgeUrl}" serve --port 0 --no-log; true`;
  const shell = spawn("/bin/sh", ["-c", command], { env, stdio: ["ignore", "pipe", "ignore"] });
  const [line] = await once(shell.stdout, "data");
  const closed = once(shell.stdout, "close");
  expect((await fetch(`${JSON.parse(String(line)).url}/readyz`)).status).toBe(200);
  shell.kill("SIGTERM");
  // All who hold the output have ended.
  await closed;
  await emulator.close();
});

it("flowith serve has the gateway's own help, and its exit codes", async () => {
  const end = async (...args: string[]) => {
    const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "ignore"] });
    let output = "";
    child.stdout.on("data", (data: Buffer) => {
      output += String(data);
    });
    const [exitCode] = await once(child, "close");
    return { exitCode, output };
  };
  expect((await end("serve", "--help")).output).toContain("Usage: flowith serve");
  expect(await end("serve", "--prot", "1")).toMatchObject({ exitCode: 2 });
  expect(await end("--profile", "work", "serve")).toMatchObject({ exitCode: 2 });
});
