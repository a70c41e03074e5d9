import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { environment, main } from "./mcp-client.ts";

const INSPECTOR = "@modelcontextprotocol/inspector@2.12.0";

const tools = v.object({ tools: v.array(v.object({ name: v.string() })) });
const answer = v.object({ structuredContent: v.object({ text: v.string() }) });
const templates = v.object({ resourceTemplates: v.array(v.object({ uriTemplate: v.string() })) });

let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  [emulator, folder] = await Promise.all([startEmulator(), mkdtemp(join(tmpdir(), "flowith-mcp-inspector-"))]);
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true, force: true });
});

/** What the inspector's command line says of the server, as a user of the emulator. */
async function inspected(...words: string[]): Promise<unknown> {
  // It hands the server no variable that it was not told of.
  const { PATH: _, ...own } = environment(emulator, await emulator.createUser(), folder);
  const variables = Object.entries(own).flatMap(([name, value]) => ["-e", `${name}=${value}`]);
  const server = [...variables, process.execPath, main, "mcp"];
  const { stdout } = await promisify(execFile)("npx", ["-y", INSPECTOR, "--cli", ...server, ...words]);
  return JSON.parse(stdout);
}

describe("by the command line of the MCP inspector", () => {
  it("tools are listed", async () => {
    const listed = v.parse(tools, await inspected("--method", "tools/list")).tools.map(({ name }) => name);
    expect(listed).toEqual(expect.arrayContaining(["generate_text", "generate_image", "wait_for_job", "get_credits"]));
  });

  it("a tool is called", async () => {
    const words = ["--method", "tools/call", "--tool-name", "generate_text", "--tool-arg", "prompt=Are dragons real?"];
    expect(v.parse(answer, await inspected(...words)).structuredContent.text).not.toBe("");
  });

  it("templates of resources are listed", async () => {
    const { resourceTemplates } = v.parse(templates, await inspected("--method", "resources/templates/list"));
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toContainEqual(
      expect.stringMatching(/^flowith:\/\/conversations\/\{/),
    );
  });
});
