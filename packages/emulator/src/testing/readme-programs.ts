import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Miniflare, type Request as WorkerRequest, Response as WorkerResponse } from "miniflare";
import type { Emulator } from "../emulator.ts";
import { startWorker, workerBundle } from "./in-workerd.ts";

const execute = promisify(execFile);

/** Code of a README, with the heading that it stands under. */
export interface ReadmeProgram {
  heading: string;
  language: string;
  code: string;
}

/** All blocks of JavaScript and TypeScript. */
export function programsOf(readme: string): ReadmeProgram[] {
  const programs: ReadmeProgram[] = [];
  let heading = "";
  for (const [, title, language, code = ""] of readme.matchAll(/^#+ (.*)$|^```(\w*)\n([\s\S]*?)^```$/gm)) {
    if (title !== undefined) heading = title;
    else if (language === "js" || language === "ts") programs.push({ heading, language, code });
  }
  return programs;
}

/** What a program of a README finds about it. */
export interface ProgramPlace {
  /** A package's folder, which the program's own is made in: it has what the program imports among its dependencies. */
  packageFolder: string;
  emulator: Emulator;
  env: NodeJS.ProcessEnv;
  /** Files beside it, by their names. */
  files?: Record<string, string | Uint8Array>;
}

/**
 * Runs programs one after the other in one folder, which is gone afterwards.
 * @returns what each has printed
 */
export async function outputsOf(
  programs: readonly Pick<ReadmeProgram, "language" | "code">[],
  { packageFolder, emulator, env, files = {} }: ProgramPlace,
): Promise<string[]> {
  const cwd = await mkdtemp(join(packageFolder, ".run-"));
  const addresses = {
    FLOWITH_EDGE_URL: emulator.edgeUrl,
    FLOWITH_SUPABASE_URL: emulator.supabaseUrl,
    FLOWITH_SUPABASE_KEY: emulator.supabaseKey,
  };
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(cwd, name), content);
    const outputs: string[] = [];
    for (const { language, code } of programs) {
      const name = `program.${language}`;
      await writeFile(join(cwd, name), code);
      const { stdout } = await execute(process.execPath, ["--disable-warning=ExperimentalWarning", name], {
        cwd,
        env: { ...process.env, ...addresses, ...env },
      });
      outputs.push(stdout);
    }
    return outputs;
  } finally {
    await rm(cwd, { recursive: true });
  }
}

/** Runs the program of a Worker, which names no hosts: what it asks the real ones for is asked of the emulator. */
export async function workerOf(
  { code }: Pick<ReadmeProgram, "code">,
  { packageFolder, emulator, bindings }: Pick<ProgramPlace, "packageFolder" | "emulator"> & { bindings: Bindings },
): Promise<Miniflare> {
  const script = await workerBundle({ contents: code, resolveDir: packageFolder });
  return startWorker(script, {
    bindings,
    async outboundService({ url, method, headers, body }: WorkerRequest) {
      const { host, pathname, search } = new URL(url);
      const base = host.startsWith("edge.") ? emulator.edgeUrl : emulator.supabaseUrl;
      const init = { method, headers: [...headers], body: body as BodyInit | null, duplex: "half" };
      const answer = await fetch(base + pathname + search, init as RequestInit);
      return new WorkerResponse(answer.body as never, { status: answer.status, headers: [...answer.headers] });
    },
  });
}

type Bindings = Record<string, string>;
