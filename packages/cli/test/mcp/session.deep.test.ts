import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { leaveAndReturn } from "./leave-and-return.ts";
import { environment, McpOverStdio, main } from "./mcp-client.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ firstEventMs: 20, imageMs: 50, videoMs: 6_000 });
});
afterAll(() => emulator.close());

describe("flowith mcp", () => {
  it("tells a client of the newest revision how a job goes; who leaves it takes it up again", async () => {
    await leaveAndReturn(emulator, { versionNegotiation: { mode: "auto" } }, "2026-07-28");
  });

  it("answers with the job's id after --wait, and a later run finds the job", async () => {
    await using mcp = await McpOverStdio.start(emulator, { args: ["--wait", "0.2"] });
    const { job_id, state, next } = await mcp.call("generate_video", { prompt: "A cat" });
    expect({ state, next }).toEqual({ state: "running", next: expect.stringContaining("wait_for_job") });
    await mcp.client.close();
    const env = { FLOWITH_HOME: `${mcp.cwd}/home` };
    await using later = await McpOverStdio.start(emulator, { user: mcp.user, env });
    expect(await later.call("list_jobs")).toMatchObject({ jobs: [{ job_id, state: "not_fetched", prompt: "A cat" }] });
    expect(await later.call("wait_for_job", { job_id })).toMatchObject({ state: "done", kind: "video" });
  });

  it("ends when a message is too large to be read, and at SIGTERM, with 0", async () => {
    const user = await emulator.createUser();
    await using mcp = await McpOverStdio.start(emulator, { user });
    const start = () => {
      const child = spawn(process.execPath, [main, "mcp"], {
        env: environment(emulator, user, mcp.cwd),
        stdio: ["pipe", "pipe", "pipe"],
      });
      // what is written to a server that has ended
      child.stdin.on("error", () => undefined);
      return { child, ended: once(child, "close") };
    };
    const large = start();
    large.child.stdin.write(`{"jsonrpc":"2.0","method":"${"x".repeat(17 * 1024 * 1024)}`);
    expect(await large.ended).toEqual([0, null]);
    const stopped = start();
    const hello = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "test", version: "1" } };
    stopped.child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params: hello })}\n`);
    await once(stopped.child.stdout, "data");
    stopped.child.kill("SIGTERM");
    expect(await stopped.ended).toEqual([0, null]);
  });

  it("remembers what jobs cost, of the service that a profile is signed in at", async () => {
    await using first = await McpOverStdio.start(emulator);
    const home = join(first.cwd, "home");
    const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
    await mkdir(home, { recursive: true });
    const config = { profiles: { default: { edgeUrl, supabaseUrl, supabaseKey } } };
    await writeFile(join(home, "config.json"), JSON.stringify(config));
    const env = { FLOWITH_HOME: home, FLOWITH_EDGE_URL: "", FLOWITH_SUPABASE_URL: "", FLOWITH_SUPABASE_KEY: "" };
    await using second = await McpOverStdio.start(emulator, { env });
    await second.call("generate_image", { prompt: "A boat" });
    await using third = await McpOverStdio.start(emulator, { env, args: ["--max-credits", "5"] });
    expect(await third.fail("generate_image", { prompt: "A boat" })).toContain("about 10 credits, and 5 of the limit");
  });
});
