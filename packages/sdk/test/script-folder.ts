import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const execute = promisify(execFile);
// A folder that has the package among its dependencies.
const conformance = fileURLToPath(new URL("../../conformance/", import.meta.url));

/** A folder for scripts that import the built package, gone at the end of a test. */
export class ScriptFolder implements AsyncDisposable {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  static async create(): Promise<ScriptFolder> {
    return new ScriptFolder(await mkdtemp(join(conformance, ".run-")));
  }

  async write(name: string, content: string | Uint8Array): Promise<string> {
    const path = join(this.path, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    return path;
  }

  /** Runs a command in the folder, with these variables alone beside PATH and HOME. @returns what it printed */
  async run(command: string, args: readonly string[], variables: Record<string, string> = {}): Promise<string> {
    const { PATH = "", HOME = "" } = process.env;
    const env = { PATH, HOME, NO_COLOR: "1", ...variables };
    try {
      return (await execute(command, [...args], { cwd: this.path, timeout: 50_000, env })).stdout;
    } catch (error) {
      const { stderr = "" } = error as { stderr?: string };
      throw new Error(`${command} ${args.join(" ")} failed: ${error}\n${stderr}`);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true, force: true, maxRetries: 5 });
  }
}
