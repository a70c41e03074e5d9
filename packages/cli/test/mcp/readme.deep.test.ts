import { chmod, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { called, environment, main } from "./mcp-client.ts";
import { KEY, McpOverHttp } from "./mcp-over-http.ts";

const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
const [, section = ""] = /^## Agents\n([\s\S]*?)^## /m.exec(readme) ?? [];

function blocks(language: string): string[] {
  return [...section.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(
    ([, text = ""]) => text,
  );
}

const stdioServer = v.strictObject({
  type: v.optional(v.literal("stdio")),
  command: v.string(),
  args: v.array(v.string()),
});
const httpServer = v.strictObject({
  type: v.literal("http"),
  url: v.string(),
  headers: v.record(v.string(), v.string()),
});
/** Claude Code and Cursor have one name for it, VS Code has another. */
const configSchema = v.union([
  v.strictObject({ mcpServers: v.strictObject({ flowith: v.union([stdioServer, httpServer]) }) }),
  v.strictObject({ servers: v.strictObject({ flowith: stdioServer }) }),
]);

const servers = blocks("json").map((text) => {
  const config = v.parse(configSchema, JSON.parse(text));
  return "servers" in config ? config.servers.flowith : config.mcpServers.flowith;
});
const [added = "", overHttp = ""] = blocks("shell");
/** What `claude mcp add NAME --` is told to run. */
const [, words = ""] = /^claude mcp add flowith -- (.*)$/m.exec(added) ?? [];
const [command = "", ...args] = words.split(" ");

let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  [emulator, folder] = await Promise.all([startEmulator(), mkdtemp(join(tmpdir(), "flowith-mcp-readme-"))]);
  await chmod(main, 0o755);
  await symlink(main, join(folder, "flowith"));
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true, force: true });
});

describe("the README's snippets for agents", () => {
  it.each([{ command, args }, ...servers.filter((server) => "command" in server)])("$command $args", async (server) => {
    const own = environment(emulator, await emulator.createUser(), folder);
    const path = [folder, dirname(process.execPath), process.env.PATH].join(delimiter);
    const client = new Client({ name: "test", version: "1" });
    await client.connect(
      new StdioClientTransport({
        command: server.command,
        args: server.args,
        cwd: folder,
        env: { ...own, PATH: path },
        stderr: "inherit",
      }),
    );
    expect(await called(client, "get_credits")).toMatchObject({ remaining: expect.any(Number) });
    await client.close();
  });

  it("over HTTP", async () => {
    const [, flags = ""] = /^flowith mcp --http --port 8788 --key-file mcp.key(.*)$/m.exec(overHttp) ?? [];
    await using mcp = await McpOverHttp.start(emulator, ...flags.split(" ").filter(Boolean));
    const server = servers.find((one) => "url" in one);
    expect(server?.url).toBe("http://127.0.0.1:8788/mcp");
    expect(new URL(mcp.url).pathname).toBe("/mcp");
    const headers = Object.entries(server?.headers ?? {}).map(([name, value]): [string, string] => [
      name,
      value.replace(`\${FLOWITH_MCP_KEY}`, KEY),
    ]);
    const client = new Client({ name: "test", version: "1" });
    const requestInit = { headers: Object.fromEntries(headers) };
    await client.connect(new StreamableHTTPClientTransport(new URL(mcp.url), { requestInit }));
    expect(await called(client, "get_credits")).toMatchObject({ remaining: expect.any(Number) });
    await client.close();
  });

  it("are all there are", () => {
    expect(servers).toHaveLength(4);
    expect(args).toContain("--max-credits");
  });

  it("name each tool that there is", async () => {
    await using mcp = await McpOverHttp.start(emulator);
    const client = await mcp.connect();
    const { tools } = await client.listTools();
    const told = section.replace("`rename_…`, `delete_…`", "`rename_conversation`, `delete_conversation`");
    for (const { name } of tools) expect(told).toContain(`\`${name}\``);
    await client.close();
  });
});
