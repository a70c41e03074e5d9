import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const execute = promisify(execFile);
const root = fileURLToPath(new URL("../../../", import.meta.url));
const PUBLISHED = {
  core: "@flowith-webapi/core",
  supabase: "@flowith-webapi/supabase",
  sdk: "flowith-webapi",
  emulator: "@flowith-webapi/emulator",
  gateway: "@flowith-webapi/gateway",
  cli: "@flowith-webapi/cli",
};
/** Where the workspace has the types of Node; the project itself has none. */
export const TYPE_ROOTS: string = join(root, "node_modules/@types");

/** An empty project, outside of the workspace, with the packed packages installed as their users install them. */
export class InstalledProject implements AsyncDisposable {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  static async create(): Promise<InstalledProject> {
    const project = new InstalledProject(await mkdtemp(join(tmpdir(), "flowith-installed-")));
    const dependencies: Record<string, string> = {};
    for (const [folder, name] of Object.entries(PUBLISHED)) {
      const into = join(project.folder, "tarballs", folder);
      await mkdir(into, { recursive: true });
      await execute("npx", ["-y", "pnpm@12.21.0", "pack", "--pack-destination", into], {
        cwd: join(root, "packages", folder),
      });
      const [tarball] = await readdir(into);
      dependencies[name] = `file:tarballs/${folder}/${tarball}`;
    }
    // Overridden too, since the packages that they depend on are in no registry yet.
    const manifest = { name: "installed", private: true, type: "module", dependencies, overrides: dependencies };
    await project.write("package.json", JSON.stringify(manifest));
    await project.run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"]);
    return project;
  }

  async write(name: string, content: string): Promise<string> {
    const path = join(this.folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    return path;
  }

  /** Runs a command in the project. @returns what it printed @throws with what it printed where it fails */
  async run(command: string, args: readonly string[]): Promise<string> {
    const options = { cwd: this.folder, timeout: 120_000, maxBuffer: 2 ** 26 };
    try {
      return (await execute(command, [...args], options)).stdout;
    } catch (error) {
      const { stdout, stderr } = error as { stdout?: string; stderr?: string };
      throw new Error(`${command} ${args.join(" ")} failed: ${error}\n${stdout ?? ""}\n${stderr ?? ""}`);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What a program needs to sign in: the emulator's addresses, and its user. */
export interface SignIn {
  options: { edgeUrl: string; supabaseUrl: string; supabaseKey: string };
  credentials: { email: string; password: string };
}

/** A program that any runtime can run: signs in, asks the emulator's model, and hands over what it answered. */
export function program(importing: string, { options, credentials }: SignIn, report: string): string {
  return `${importing}
const flowith = new Flowith(${JSON.stringify(options)});
const answer = async () => {
  await flowith.auth.signInWithPassword(${JSON.stringify(credentials)});
  const { text } = await flowith.generate("What is the capital of Poland?");
  let joined = "";
  for await (const chunk of flowith.generateStream("What is the capital of Poland?")) joined += chunk.textDelta;
  flowith.close();
  return { text, joined };
};
${report}
`;
}
