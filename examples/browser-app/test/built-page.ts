import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { preview } from "vite";

const app = fileURLToPath(new URL("..", import.meta.url));
const vite = join(dirname(createRequire(import.meta.url).resolve("vite/package.json")), "bin/vite.js");

/** The page as it is built for publishing, served on this machine. */
export interface BuiltPage extends AsyncDisposable {
  port: number;
}

/**
 * @param settings what the build is told, such as `VITE_FLOWITH_GATEWAY`
 * @param port default: any free one
 */
export async function buildPage(settings: Record<string, string>, port = 0): Promise<BuiltPage> {
  const outDir = await mkdtemp(join(tmpdir(), "browser-app-"));
  const env = { ...process.env, NODE_ENV: "production", ...settings };
  await promisify(execFile)(process.execPath, [vite, "build", "--outDir", outDir, "--logLevel", "error"], {
    cwd: app,
    env,
  });
  const server = await preview({
    root: app,
    logLevel: "error",
    build: { outDir },
    preview: { host: "127.0.0.1", port, strictPort: true, open: false },
  });
  const address = server.httpServer.address();
  if (address === null || typeof address === "string") throw new Error("The server of the page has no port.");
  return {
    port: address.port,
    async [Symbol.asyncDispose]() {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}
