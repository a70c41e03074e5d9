import { basename } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { Miniflare, type WorkerOptions } from "miniflare";

const asWorker = {
  bundle: true,
  write: false,
  format: "esm",
  platform: "neutral",
  mainFields: ["module", "main"],
  // As wrangler has them.
  conditions: ["workerd", "worker", "browser", "import"],
  external: ["cloudflare:workers"],
} as const satisfies BuildOptions;

/** Code that is in no file, and the folder that its imports are looked for from. */
export interface WorkerCode {
  contents: string;
  resolveDir: string;
}

/** A Worker's script with all that it imports, by the export conditions of Workers. */
export async function workerBundle(entry: string | WorkerCode): Promise<string> {
  const from: BuildOptions = typeof entry === "string" ? { entryPoints: [entry] } : { stdin: { ...entry } };
  const { outputFiles } = await build({ ...asWorker, ...from, write: false });
  return outputFiles[0]?.text ?? "";
}

/** A file of a Worker whose bundle is split; its name is that by which the others import it. */
export interface WorkerModule {
  name: string;
  text: string;
}

/** The same in a file for each part that is loaded on demand, the one that is started first. */
export async function splitWorkerBundle(entry: string): Promise<WorkerModule[]> {
  const { outputFiles } = await build({ ...asWorker, entryPoints: { main: entry }, splitting: true, outdir: "/out" });
  const modules = outputFiles.map(({ path, text }) => ({ name: basename(path), text }));
  return modules.sort((a, b) => Number(b.name === "main.js") - Number(a.name === "main.js"));
}

/** Runs a script in workerd; whoever calls it has to dispose of it. */
export async function startWorker(
  script: string | readonly WorkerModule[],
  options: Partial<WorkerOptions> = {},
): Promise<Miniflare> {
  const modules = typeof script === "string" ? [{ name: "main.js", text: script }] : script;
  const worker = new Miniflare({
    modules: modules.map(({ name, text }) => ({ type: "ESModule" as const, path: name, contents: text })),
    compatibilityDate: "2026-07-01",
    // Otherwise it looks a Cloudflare host up.
    cf: false,
    ...options,
  });
  await worker.ready;
  return worker;
}
