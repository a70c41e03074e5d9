import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { leaveAndReturn } from "./leave-and-return.ts";
import { McpOverStdio } from "./mcp-client.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ firstEventMs: 20, imageMs: 50, videoMs: 2_500 });
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
});
