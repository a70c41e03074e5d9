import { type ChildProcessByStdio, execFile, spawn } from "node:child_process";
import { copyFile, mkdtemp, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { promisify } from "node:util";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";

const run = promisify(execFile);

/** A copy of some files of an example, beside the originals, so that it finds the same packages and can write. */
export class ExampleCopy implements AsyncDisposable {
  readonly place: string;
  readonly emulator: Emulator;

  constructor(place: string, emulator: Emulator) {
    this.place = place;
    this.emulator = emulator;
  }

  static async create(folder: string, files: readonly string[]): Promise<ExampleCopy> {
    const place = await mkdtemp(join(folder, ".run-"));
    for (const name of [...files, "package.json"]) await copyFile(join(folder, name), join(place, name));
    await symlink(join(folder, "node_modules"), join(place, "node_modules"));
    return new ExampleCopy(place, await startEmulator());
  }

  /** Runs a command there as alice of the emulator. @returns what it printed */
  async run(command: string, args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
    return run(command, [...args], { cwd: this.place, env: this.#environment(), timeout: 50_000 });
  }

  /** Starts a command there as alice, for who is to end it midway. */
  start(command: string, args: readonly string[]): ChildProcessByStdio<null, null, Readable> {
    const stdio: ["ignore", "ignore", "pipe"] = ["ignore", "ignore", "pipe"];
    return spawn(command, args, { cwd: this.place, env: this.#environment(), stdio });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.place, { recursive: true, force: true });
    await this.emulator.close();
  }

  #environment(): NodeJS.ProcessEnv {
    const { users, edgeUrl, supabaseUrl, supabaseKey } = this.emulator;
    return {
      ...process.env,
      FLOWITH_TOKEN: users[0]?.token,
      FLOWITH_REFRESH_TOKEN: "",
      FLOWITH_EDGE_URL: edgeUrl,
      FLOWITH_SUPABASE_URL: supabaseUrl,
      FLOWITH_SUPABASE_KEY: supabaseKey,
    };
  }
}
