import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { McpOverStdio } from "./mcp-client.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ firstEventMs: 20, imageMs: 50, videoMs: 50 });
});
afterAll(() => emulator.close());

describe("the tools, over stdio", () => {
  it("only link a picture that is larger than the limit", async () => {
    await using mcp = await McpOverStdio.start(emulator, { args: ["--max-image-bytes", "100"] });
    const { content, structuredContent } = await mcp.client.callTool({
      name: "generate_image",
      arguments: { prompt: "A boat" },
    });
    expect(structuredContent).toMatchObject({
      media: [{ shown: false, note: expect.stringContaining("larger than 100 bytes") }],
    });
    expect(content.map(({ type }) => type)).toEqual(["text", "resource_link", "resource_link"]);
  });

  it("find, read, rename and delete conversations", async () => {
    await using mcp = await McpOverStdio.start(emulator);
    const { conversation_id } = await mcp.call("generate_text", { prompt: "Plan a week in Kyoto." });
    await mcp.call("generate_text", { prompt: "Name a city." });
    expect(await mcp.call("list_conversations", { query: "KYOTO week" })).toMatchObject({
      conversations: [{ conversation_id, title: "Plan a week in Kyoto." }],
    });
    expect(await mcp.call("read_conversation", { conversation_id, last_turns: 1 })).toMatchObject({
      omitted_turns: 1,
      turns: [{ role: "assistant", state: "done" }],
    });
    await mcp.call("rename_conversation", { conversation_id, title: "Japan" });
    expect(await mcp.call("list_conversations", { query: "japan" })).toMatchObject({
      conversations: [{ title: "Japan" }],
    });
    expect(await mcp.call("delete_conversation", { conversation_id })).toEqual({ conversation_id, deleted: true });
    expect(await mcp.fail("read_conversation", { conversation_id })).toContain("list_conversations");
  });

  it("list models by kind and words", async () => {
    await using mcp = await McpOverStdio.start(emulator);
    expect(await mcp.call("list_models", { kind: "video", query: "seedance" })).toMatchObject({
      models: [{ id: "seedance-2.0-fast", kind: "video" }],
    });
    expect(await mcp.call("list_models", { query: "no such model" })).toEqual({ models: [] });
  });

  it("search knowledge and make music where there is an API key", async () => {
    const user = await emulator.createUser();
    const documents = [{ title: "Ferry.md", text: "The ferry leaves at 7:30." }];
    const { id } = await emulator.createKnowledgeBase({ userId: user.id, documents });
    await using mcp = await McpOverStdio.start(emulator, { user, env: { FLOWITH_API_KEY: user.apiKey } });
    const question = { question: "When does the ferry leave?", knowledge_bases: [id] };
    expect(await mcp.call("search_knowledge", question)).toMatchObject({
      text: expect.stringContaining("7:30"),
      sources: [{ title: "Ferry.md" }],
    });
    const { job_id } = await mcp.call("generate_music", { prompt: "A slow waltz for two cellos", wait: false });
    expect(await mcp.call("wait_for_job", { job_id })).toMatchObject({
      kind: "music",
      conversation_id: null,
      media: [{ url: expect.stringMatching(/^http/), shown: false }],
      developer_estimate: 60_000,
    });
  });

  it("upload files from --root where the client knows no roots, and else not at all", async () => {
    await using without = await McpOverStdio.start(emulator);
    await writeFile(join(without.cwd, "notes.md"), "# Notes");
    expect(await without.fail("upload_file", { path: join(without.cwd, "notes.md") })).toContain("--root");
    await using mcp = await McpOverStdio.start(emulator, { args: ["--root", without.cwd] });
    const { reference } = await mcp.call("upload_file", { path: "notes.md", name: "renamed.md" });
    expect(await mcp.call("generate_text", { prompt: `Sum this up: ${reference}` })).toMatchObject({
      text: expect.stringContaining("renamed.md"),
    });
  });
});
