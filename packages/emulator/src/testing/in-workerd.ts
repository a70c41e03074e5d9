import { build } from "esbuild";
import { Miniflare, type WorkerOptions } from "miniflare";

/** A Worker's script with all that it imports, by the export conditions of Workers. */
export async function workerBundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["workerd", "worker", "import"],
    external: ["cloudflare:workers"],
  });
  return outputFiles[0]?.text ?? "";
}

/** Runs a script in workerd; whoever calls it has to dispose of it. */
export async function startWorker(script: string, options: Partial<WorkerOptions> = {}): Promise<Miniflare> {
  const worker = new Miniflare({
    modules: true,
    script,
    compatibilityDate: "2026-07-01",
    // Otherwise it looks a Cloudflare host up.
    cf: false,
    ...options,
  });
  await worker.ready;
  return worker;
}
