import { mkdtemp, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TestShell } from "../testing/run-cli.ts";

const KEY = "0123456789abcdef-the-key";

async function shell(env: Record<string, string> = {}): Promise<TestShell> {
  const cwd = await mkdtemp(join(tmpdir(), "flowith-cli-mcp-"));
  await writeFile(join(cwd, "short.key"), "short\n");
  return new TestShell({ cwd, env: { FLOWITH_HOME: join(cwd, "home"), ...env } });
}

describe("flowith mcp refuses, before it serves,", () => {
  it.each([
    { args: ["--port", "1"], says: "--port is for --http" },
    { args: ["--key-file", "mcp.key"], says: "--key-file is for --http" },
    { args: ["--no-key"], says: "--no-key is for --http" },
    { args: ["--allow-origin", "https://a.test"], says: "--allow-origin is for --http" },
    { args: ["--http"], says: "needs a key" },
    { args: ["--http", "--key-file", "no-such.key"], says: "it is not there" },
    { args: ["--http", "--key-file", "short.key"], says: "16 characters or more" },
    { args: ["--http", "--no-key", "--key-file", "short.key"], says: "exclude each other" },
    { args: ["--http", "--no-key", "--host", "0.0.0.0"], says: "would let in everybody" },
    { args: ["--http", "--no-key", "--host", "192.168.0.1"], says: "would let in everybody" },
    { args: ["--http", "--no-key", "--allow-origin", "app.test"], says: "is no origin" },
    { args: ["--http", "--no-key", "--allow-origin", "https://app.test/"], says: "is no origin" },
    { args: ["--root", "no-such-folder"], says: "is no folder" },
    { args: ["--save-dir", "short.key/pictures"], says: "Nothing can be saved in" },
    { args: ["--max-credits", "0"], says: "above 0" },
    { args: ["--wait", "x"], says: "number of seconds" },
  ])("$args", async ({ args, says }) => {
    const { exitCode, stdout, stderr } = await (await shell()).run("mcp", ...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr.replace(/\s+/g, " ")).toContain(says);
  });

  it("a port that is taken", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const address = taken.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    const { exitCode, stderr } = await (await shell({ FLOWITH_MCP_KEY: KEY })).run("mcp", "--http", "--port", port);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`Port ${port} is taken`);
    expect(stderr).not.toContain(KEY);
    taken.close();
  });
});
