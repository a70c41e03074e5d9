import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Emulator, EmulatorUser } from "@flowith-webapi/emulator";
import { type CallToolResult, Client, type ClientOptions } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { expect } from "vitest";

export const main = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

export interface McpOptions {
  args?: readonly string[];
  /** Beside the addresses and the tokens of the user. */
  env?: Record<string, string>;
  user?: EmulatorUser;
  client?: ClientOptions;
}

/** What the server's environment is, of a user of the emulator. */
export function environment(emulator: Emulator, user: EmulatorUser, home: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "",
    FLOWITH_HOME: join(home, "home"),
    FLOWITH_EDGE_URL: emulator.edgeUrl,
    FLOWITH_SUPABASE_URL: emulator.supabaseUrl,
    FLOWITH_SUPABASE_KEY: emulator.supabaseKey,
    FLOWITH_TOKEN: user.token,
    FLOWITH_REFRESH_TOKEN: user.refreshToken,
  };
}

/** The built `flowith mcp` over stdio, with the official client. */
export class McpOverStdio implements AsyncDisposable {
  readonly client: Client;
  readonly user: EmulatorUser;
  /** A folder of its own, which it runs in. */
  readonly cwd: string;
  readonly #transport: StdioClientTransport;

  private constructor(client: Client, user: EmulatorUser, cwd: string, transport: StdioClientTransport) {
    this.client = client;
    this.user = user;
    this.cwd = cwd;
    this.#transport = transport;
  }

  static async start(emulator: Emulator, { args = [], env = {}, ...options }: McpOptions = {}): Promise<McpOverStdio> {
    const user = options.user ?? (await emulator.createUser());
    const cwd = await mkdtemp(join(tmpdir(), "flowith-mcp-"));
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [main, "mcp", ...args],
      cwd,
      env: { ...environment(emulator, user, cwd), ...env },
      stderr: "inherit",
    });
    const client = new Client({ name: "test", version: "1" }, options.client);
    await client.connect(transport);
    return new McpOverStdio(client, user, cwd, transport);
  }

  get pid(): number | null {
    return this.#transport.pid;
  }

  /** Calls a tool that has to go well. @returns its structured result */
  call(name: string, args: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    return called(this.client, name, args);
  }

  /** Calls a tool that has to fail. @returns what it says */
  fail(name: string, args: Record<string, unknown> = {}): Promise<string> {
    return failed(this.client, name, args);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.close();
    await rm(this.cwd, { recursive: true, force: true });
  }
}

export async function called(
  client: Client,
  name: string,
  args: Record<string, unknown> = {},
): Promise<Record<string, unknown>> {
  const result = await client.callTool({ name, arguments: args });
  expect(result.isError ?? false, textOf(result)).toBe(false);
  const { structuredContent } = result;
  if (typeof structuredContent !== "object" || structuredContent === null) throw new TypeError(`${name}: no object`);
  return { ...structuredContent };
}

export async function failed(client: Client, name: string, args: Record<string, unknown> = {}): Promise<string> {
  const result = await client.callTool({ name, arguments: args });
  expect(result.isError, textOf(result)).toBe(true);
  return textOf(result);
}

function textOf({ content }: Pick<CallToolResult, "content">): string {
  return content.map((block) => (block.type === "text" ? block.text : "")).join("");
}
