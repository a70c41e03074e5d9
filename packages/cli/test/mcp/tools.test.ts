import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { McpOverStdio } from "./mcp-client.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ firstEventMs: 20, imageMs: 50, videoMs: 50 });
});
afterAll(() => emulator.close());

const READ_ONLY = ["wait_for_job", "get_job", "list_jobs", "list_conversations", "read_conversation", "list_models"];

describe("the tools, over stdio", () => {
  it("each say what they are, what they take and give, and what they may do", async () => {
    await using mcp = await McpOverStdio.start(emulator);
    const { tools } = await mcp.client.listTools();
    expect(tools.map(({ name }) => name).sort()).toEqual(
      [
        ...READ_ONLY,
        "get_credits",
        "generate_text",
        "generate_image",
        "generate_video",
        "upload_file",
        "rename_conversation",
        "delete_conversation",
      ].sort(),
    );
    for (const { name, title, description, inputSchema, outputSchema, annotations } of tools) {
      expect(title, name).toMatch(/\w/);
      expect(description, name).toMatch(/\w{3}.*\./);
      expect([inputSchema.type, outputSchema?.type], name).toEqual(["object", "object"]);
      expect(annotations, name).toMatchObject({
        readOnlyHint: [...READ_ONLY, "get_credits"].includes(name),
        destructiveHint: name === "rename_conversation" || name === "delete_conversation",
        idempotentHint: !name.startsWith("generate_") && name !== "upload_file",
        openWorldHint: expect.any(Boolean),
      });
    }
  });

  it("answer a prompt with its text, its credits and its conversation, which the next one knows", async () => {
    await using mcp = await McpOverStdio.start(emulator);
    const first = await mcp.call("generate_text", { prompt: "My name is Alice." });
    expect(first).toMatchObject({ kind: "text", state: "done", credits: { expected: null, spent: 1 } });
    const { conversation_id } = first;
    const second = await mcp.call("generate_text", { prompt: "What is my name?", conversation_id });
    expect(second).toMatchObject({ text: expect.stringContaining("Alice"), conversation_id, credits: { expected: 1 } });
    expect(await mcp.call("get_credits")).toMatchObject({
      spent: 2,
      limit: null,
      costs: [{ what: "text gpt-4.1-nano", credits: 1 }],
    });
  });

  it("show a picture, link it and save it", async () => {
    await using mcp = await McpOverStdio.start(emulator, { args: ["--save-dir", "pictures"] });
    const { content, structuredContent } = await mcp.client.callTool({
      name: "generate_image",
      arguments: { prompt: "A boat", aspect_ratio: "16:9" },
    });
    const [file = ""] = await readdir(join(mcp.cwd, "pictures"));
    const path = join(mcp.cwd, "pictures", file);
    const bytes = await readFile(path);
    expect(structuredContent).toMatchObject({
      media: [{ mime_type: "image/png", size_bytes: bytes.byteLength, path, shown: true }],
    });
    expect(content).toContainEqual({ type: "image", data: bytes.toString("base64"), mimeType: "image/png" });
    expect(content).toContainEqual(expect.objectContaining({ type: "resource_link", mimeType: "image/png" }));
    expect(content).toContainEqual(expect.objectContaining({ uri: pathToFileURL(path).href }));
  });

  it("begin several pictures in one conversation, and wait for each", async () => {
    await using mcp = await McpOverStdio.start(emulator);
    const { conversation_id } = await mcp.call("generate_text", { prompt: "Let us draw boats." });
    const begun = await Promise.all(
      ["red", "blue"].map((colour) =>
        mcp.call("generate_image", { prompt: `A ${colour} boat`, conversation_id, wait: false }),
      ),
    );
    expect(begun).toMatchObject([{ state: "running" }, { state: "running" }]);
    for (const { job_id } of begun)
      expect(await mcp.call("wait_for_job", { job_id })).toMatchObject({ state: "done", conversation_id, job_id });
    const { turns } = await mcp.call("read_conversation", { conversation_id });
    expect(turns).toHaveLength(4);
    // a result can be had again
    expect(await mcp.call("get_job", { job_id: begun[0]?.job_id })).toMatchObject({ state: "done" });
    expect(await mcp.call("list_jobs")).toMatchObject({
      jobs: [{ state: "done" }, { state: "done" }, { kind: "text" }],
    });
  });
});

describe("files", () => {
  it("are uploaded from the roots that the client names, and from nowhere else", async () => {
    await using mcp = await McpOverStdio.start(emulator, { client: { capabilities: { roots: {} } } });
    const root = join(mcp.cwd, "home-of-files");
    await writeFile(join(mcp.cwd, "secret.txt"), "secret");
    await mkdir(root);
    await writeFile(join(root, "notes.md"), "# Notes");
    await symlink(join(mcp.cwd, "secret.txt"), join(root, "link.md"));
    await symlink(mcp.cwd, join(root, "up"));
    mcp.client.setRequestHandler("roots/list", () => ({ roots: [{ uri: pathToFileURL(root).href }] }));
    for (const path of ["notes.md", join(root, "notes.md"), pathToFileURL(join(root, "notes.md")).href])
      expect(await mcp.call("upload_file", { path })).toMatchObject({ name: "notes.md", size_bytes: 7 });
    const outside = [
      "../secret.txt",
      "link.md",
      "up/secret.txt",
      "/etc/passwd",
      "../no-such-file",
      "/proc/self/environ",
    ];
    for (const path of outside) expect(await mcp.fail("upload_file", { path }), path).toContain('"outside_roots"');
    expect(await mcp.fail("generate_image", { prompt: "This", images: ["link.md"] })).toContain('"outside_roots"');
    expect(await mcp.fail("upload_file", { path: "." })).toContain("it is no file");
    expect(await mcp.fail("upload_file", { path: "no-such-file" })).toContain("it is not there");
    expect(emulator.journal.list({ user: mcp.user.email, route: "POST /file/store" }).length).toBeLessThanOrEqual(3);
  });
});
