import { spawn } from "node:child_process";
import { once } from "node:events";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { leaveAndReturn } from "./leave-and-return.ts";
import { environment, McpOverStdio, main } from "./mcp-client.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ firstEventMs: 20, imageMs: 50, videoMs: 2_500 });
});
afterAll(() => emulator.close());

describe("flowith mcp", () => {
  it("tells how a job goes; who leaves it takes it up again", async () => {
    await leaveAndReturn(emulator, {}, "2025-11-25");
  });

  it("has conversations as resources with completion, and templates as prompts", async () => {
    await using mcp = await McpOverStdio.start(emulator);
    const { conversation_id: id } = await mcp.call("generate_text", { prompt: "Plan a week in Kyoto." });
    const uri = `flowith://conversations/${id}`;
    const { resources } = await mcp.client.listResources();
    expect(resources).toMatchObject([{ uri, title: "Plan a week in Kyoto." }]);
    const { contents } = await mcp.client.readResource({ uri });
    expect(contents).toMatchObject([{ uri, mimeType: "text/markdown", text: expect.stringContaining("## You") }]);
    const ref = { type: "ref/resource" as const, uri: "flowith://conversations/{id}" };
    for (const value of [String(id).slice(0, 6), "kyoto"]) {
      const { completion } = await mcp.client.complete({ ref, argument: { name: "id", value } });
      expect(completion.values).toEqual([id]);
    }
    const gone = "flowith://conversations/0c000000-0000-4000-8000-0000000000ff";
    await expect(mcp.client.readResource({ uri: gone })).rejects.toThrow("does not exist");
    const { prompts } = await mcp.client.listPrompts();
    expect(prompts).toContainEqual(
      expect.objectContaining({
        name: "summary",
        title: "Summary",
        arguments: [{ name: "text", required: true }],
      }),
    );
    const { messages } = await mcp.client.getPrompt({ name: "summary", arguments: { text: "The ferry leaves." } });
    expect(messages).toMatchObject([
      { role: "user", content: { text: expect.stringMatching(/: The ferry leaves\.$/) } },
    ]);
    await expect(mcp.client.getPrompt({ name: "summary" })).rejects.toThrow("wants text");
    await expect(mcp.client.getPrompt({ name: "nope" })).rejects.toThrow('no template "nope"');
  });

  it("ends with 0 when stdin does, with a job under way, and writes nothing but messages to stdout", async () => {
    const user = await emulator.createUser();
    await using mcp = await McpOverStdio.start(emulator);
    const child = spawn(process.execPath, [main, "--verbose", "mcp"], {
      env: environment(emulator, user, mcp.cwd),
      stdio: ["pipe", "pipe", "pipe"],
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (part) => {
      stdout += part;
    });
    child.stderr.on("data", (part) => {
      stderr += part;
    });
    const ended = once(child, "close");
    const send = (message: object): boolean => child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
    const clientInfo = { name: "test", version: "1" };
    const hello = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo };
    child.stdin.write("this is no message\n");
    send({ id: 1, method: "initialize", params: hello });
    send({ method: "notifications/initialized" });
    const params = { name: "generate_video", arguments: { prompt: "A cat" } };
    send({ id: 2, method: "tools/call", params });
    await emulator.journal.waitFor({ user: user.email, route: "POST /video/async" });
    child.stdin.end();
    expect(await ended).toEqual([0, null]);
    for (const line of stdout.trim().split("\n")) expect(JSON.parse(line)).toMatchObject({ jsonrpc: "2.0" });
    expect(stderr).toContain("POST /video/async");
    expect(stderr).not.toContain(user.token);
  });
});
