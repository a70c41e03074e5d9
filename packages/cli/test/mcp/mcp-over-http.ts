import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Emulator, EmulatorUser } from "@flowith-webapi/emulator";
import { Client, type ClientOptions, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { environment, main } from "./mcp-client.ts";

export const KEY = "0123456789abcdef-the-key";

/** The built `flowith mcp --http`, with a key. */
export class McpOverHttp implements AsyncDisposable {
  readonly url: string;
  readonly user: EmulatorUser;
  readonly child: ChildProcess;
  readonly ended: Promise<unknown[]>;
  readonly #folder: string;

  private constructor(url: string, user: EmulatorUser, child: ChildProcess, ended: Promise<unknown[]>, folder: string) {
    this.url = url;
    this.user = user;
    this.child = child;
    this.ended = ended;
    this.#folder = folder;
  }

  static async start(emulator: Emulator, ...args: string[]): Promise<McpOverHttp> {
    const user = await emulator.createUser();
    const folder = await mkdtemp(join(tmpdir(), "flowith-mcp-http-"));
    const keyFile = join(folder, "mcp.key");
    await writeFile(keyFile, `${KEY}\n`);
    const child = spawn(process.execPath, [main, "mcp", "--http", "--port", "0", "--key-file", keyFile, ...args], {
      env: environment(emulator, user, folder),
      stdio: ["ignore", "pipe", "ignore"],
    });
    const ended = once(child, "close");
    const [line] = await once(child.stdout, "data");
    return new McpOverHttp(JSON.parse(String(line)).url, user, child, ended, folder);
  }

  async connect(options: ClientOptions = {}, key = KEY): Promise<Client> {
    const client = new Client({ name: "test", version: "1" }, options);
    const requestInit = { headers: { authorization: `Bearer ${key}` } };
    await client.connect(new StreamableHTTPClientTransport(new URL(this.url), { requestInit }));
    return client;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill("SIGKILL");
    await this.ended;
    await rm(this.#folder, { recursive: true, force: true });
  }
}
