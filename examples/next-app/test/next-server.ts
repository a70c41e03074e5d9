import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import type { Emulator } from "@flowith-webapi/emulator";

const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
const ownEnvironment = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };

/** How the app finds an emulator, and whom it asks for. */
export function environmentOf(
  { edgeUrl, supabaseUrl, supabaseKey }: Emulator,
  { token, refreshToken }: { token: string; refreshToken: string },
): Record<string, string> {
  return {
    FLOWITH_TOKEN: token,
    FLOWITH_REFRESH_TOKEN: refreshToken,
    FLOWITH_EDGE_URL: edgeUrl,
    FLOWITH_SUPABASE_URL: supabaseUrl,
    FLOWITH_SUPABASE_KEY: supabaseKey,
  };
}

export async function buildApp(app: string, environment: Record<string, string>): Promise<void> {
  const env = { ...ownEnvironment, ...environment };
  await promisify(execFile)(process.execPath, [next, "build", app], { env });
}

export interface NextServer extends AsyncDisposable {
  url: string;
}

/** `next start` on a free port, in a working folder of its own. */
export async function startApp(app: string, environment: Record<string, string>): Promise<NextServer> {
  const folder = await mkdtemp(join(tmpdir(), "next-app-"));
  const child = spawn(process.execPath, [next, "start", app, "--port", "0", "--hostname", "127.0.0.1"], {
    cwd: folder,
    env: { ...ownEnvironment, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const close = async () => {
    if (child.exitCode === null) child.kill();
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
  let said = "";
  for await (const line of createInterface({ input: child.stdout })) {
    said += `${line}\n`;
    const [, url] = /Local: +(http\S+)/.exec(said) ?? [];
    if (url === undefined || !line.includes("Ready")) continue;
    child.stdout.resume();
    return { url, [Symbol.asyncDispose]: close };
  }
  await close();
  throw new Error(`next start ended: ${said}`);
}
