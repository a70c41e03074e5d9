import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { McpOverStdio } from "./mcp-client.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ firstEventMs: 20, imageMs: 50 });
});
afterAll(() => emulator.close());

const POSTS = "POST /image_gen/async";

describe("--max-credits", () => {
  it("lets nothing be posted that would pass it", async () => {
    await using mcp = await McpOverStdio.start(emulator, { args: ["--max-credits", "25"] });
    const posts = (): number => emulator.journal.list({ user: mcp.user.email, route: POSTS }).length;
    // of one kind nobody knows what it costs: one at a time until that is known
    const { job_id } = await mcp.call("generate_image", { prompt: "A boat", wait: false });
    expect(await mcp.fail("generate_image", { prompt: "Another boat" })).toContain("wait_for_job");
    expect(await mcp.call("wait_for_job", { job_id })).toMatchObject({ credits: { spent: 10 } });
    const second = mcp.call("generate_image", { prompt: "A second boat" });
    const third = mcp.fail("generate_image", { prompt: "A third boat" });
    expect(await second).toMatchObject({ credits: { expected: 10, spent: 10 } });
    expect(await third).toContain("about 10 credits, and 5 of the limit of 25 are left");
    expect(posts()).toBe(2);
    expect(await mcp.call("get_credits")).toMatchObject({ spent: 20, limit: 25, left_of_limit: 5 });
    // what is cheaper goes on, until nothing is left
    for (let i = 0; i < 5; i++) await mcp.call("generate_text", { prompt: "Name a city." });
    expect(await mcp.fail("generate_text", { prompt: "Name a city." })).toContain("limit of 25 credits");
  });

  it("refuses all where the balance cannot be had", async () => {
    await using mcp = await McpOverStdio.start(emulator, { args: ["--max-credits", "25"] });
    emulator.faults.arm({ type: "status", status: 500, route: "GET /user/credits", user: mcp.user.email, count: 0 });
    expect(await mcp.fail("generate_image", { prompt: "A boat" })).toContain('"code":"server"');
    expect(emulator.journal.list({ user: mcp.user.email, route: POSTS })).toEqual([]);
  });
});
