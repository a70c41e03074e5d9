import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";

const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

function start(...args: string[]) {
  const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  running.push(child);
  const said = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.stderr += text;
  });
  return { child, said, ended: once(child, "close").then(([code]) => ({ exitCode: code, ...said })) };
}

describe("flowith emulator", () => {
  it("runs a command of this program against it, without an account", async () => {
    const asked = ["text", "What is the capital of Poland?"];
    const { exitCode, stdout } = await start("emulator", "exec", "--", process.execPath, main, ...asked).ended;
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Warsaw");
  });

  it("ends with the exit code of the command", async () => {
    const script = "process.exit(7)";
    expect(await start("emulator", "exec", "--", process.execPath, "-e", script).ended).toMatchObject({ exitCode: 7 });
    expect(await start("emulator", "--prot", "4000").ended).toMatchObject({ exitCode: 2 });
  });

  it("has the emulator's own help and options", async () => {
    const { stdout } = await start("emulator", "--help").ended;
    expect(stdout).toContain("Usage: flowith-emulator");
    const status = await start("-q", "emulator", "status", "--json", "--url", "http://127.0.0.1:9").ended;
    expect(status.stderr).not.toContain("unknown option");
    expect(status).toMatchObject({ exitCode: 3 });
  });

  it("refuses options of this program that mean nothing to it", async () => {
    const { exitCode, stderr } = await start("--profile", "work", "emulator", "status").ended;
    expect(exitCode).toBe(2);
    expect(stderr).toContain("stand after its name");
  });

  it.each(["SIGINT", "SIGTERM"] as const)("passes %s on and leaves nothing running", async (signal) => {
    const { child, said, ended } = start("emulator", "start", "--port", "0");
    await expect.poll(() => said.stdout, { timeout: 120_000 }).toContain("edgeUrl");
    const { edgeUrl } = JSON.parse(said.stdout);
    child.kill(signal);
    const { exitCode } = await ended;
    expect(exitCode).toBe(0);
    await expect(fetch(edgeUrl)).rejects.toThrow("fetch failed");
  });
});
