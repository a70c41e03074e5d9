import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { called, failed } from "./mcp-client.ts";
import { McpOverHttp } from "./mcp-over-http.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ firstEventMs: 20, imageMs: 50, videoMs: 2_500 });
});
afterAll(() => emulator.close());

describe.each([
  { revision: "2025-11-25", options: {} },
  { revision: "2026-07-28", options: { versionNegotiation: { mode: "auto" as const } } },
])("over HTTP, a client of revision $revision", ({ options }) => {
  it("calls tools, is told how they go, and may leave", async () => {
    await using mcp = await McpOverHttp.start(emulator);
    const client = await mcp.connect(options);
    expect(await called(client, "generate_text", { prompt: "What is the capital of Poland?" })).toMatchObject({
      text: expect.stringContaining("Warsaw"),
    });
    const controller = new AbortController();
    const { promise: heard, resolve } = Promise.withResolvers<string>();
    const call = client.callTool(
      { name: "generate_video", arguments: { prompt: "A cat" } },
      { signal: controller.signal, onprogress: ({ message }) => resolve(message ?? "") },
    );
    call.catch(() => undefined);
    const [, job_id] = /job (\S+)$/.exec(await heard) ?? [];
    controller.abort("enough");
    await expect(call).rejects.toThrow("enough");
    // another client finds it: all share one account
    const other = await mcp.connect(options);
    expect(await called(other, "wait_for_job", { job_id })).toMatchObject({ state: "done", kind: "video" });
    await Promise.all([client.close(), other.close()]);
    mcp.child.kill("SIGTERM");
    expect(await mcp.ended).toEqual([0, null]);
  });

  it("gets no file of this machine by roots of its own", async () => {
    await using mcp = await McpOverHttp.start(emulator);
    const client = await mcp.connect({ ...options, capabilities: { roots: {} } });
    client.setRequestHandler("roots/list", () => ({ roots: [{ uri: "file:///" }] }));
    expect(await failed(client, "upload_file", { path: "/etc/hostname" })).toContain("--root");
    await client.close();
  });
});
