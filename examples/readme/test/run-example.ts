import { execFile } from "node:child_process";
import { copyFile, mkdtemp, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";

const run = promisify(execFile);

/** A copy of some files of an example, beside the originals, so that it finds the same packages and can write. */
export class ExampleCopy implements AsyncDisposable {
  readonly place: string;
  readonly #emulator: Emulator;

  constructor(place: string, emulator: Emulator) {
    this.place = place;
    this.#emulator = emulator;
  }

  static async create(folder: string, files: readonly string[]): Promise<ExampleCopy> {
    const place = await mkdtemp(join(folder, ".run-"));
    for (const name of [...files, "package.json"]) await copyFile(join(folder, name), join(place, name));
    await symlink(join(folder, "node_modules"), join(place, "node_modules"));
    return new ExampleCopy(place, await startEmulator());
  }

  /** Runs a command there as alice of the emulator. @returns what it printed */
  async run(command: string, args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
    const { users, edgeUrl, supabaseUrl, supabaseKey } = this.#emulator;
    const env = {
      ...process.env,
      FLOWITH_TOKEN: users[0]?.token,
      FLOWITH_REFRESH_TOKEN: "",
      FLOWITH_EDGE_URL: edgeUrl,
      FLOWITH_SUPABASE_URL: supabaseUrl,
      FLOWITH_SUPABASE_KEY: supabaseKey,
    };
    return run(command, [...args], { cwd: this.place, env, timeout: 50_000 });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.place, { recursive: true, force: true });
    await this.#emulator.close();
  }
}
