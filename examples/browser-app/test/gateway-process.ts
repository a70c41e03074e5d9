import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Emulator } from "@flowith-webapi/emulator";

const cli = fileURLToPath(new URL("../../../packages/gateway/dist/cli.js", import.meta.url));

export interface GatewayProcess extends AsyncDisposable {
  url: string;
}

/** The gateway's command line before an emulator, for the pages of one origin. */
export async function startGateway(emulator: Emulator, origin: string): Promise<GatewayProcess> {
  const child = spawn(process.execPath, [cli, "--port", "0", "--pass-through-origin", origin], {
    stdio: ["ignore", "pipe", "ignore"],
    env: {
      ...process.env,
      FLOWITH_EDGE_URL: emulator.edgeUrl,
      FLOWITH_SUPABASE_URL: emulator.supabaseUrl,
      FLOWITH_SUPABASE_KEY: emulator.supabaseKey,
    },
  });
  const exited = once(child, "exit");
  const close = async () => {
    child.kill();
    await exited;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    child.stdout.resume();
    return { url: String(Object(JSON.parse(line)).url), [Symbol.asyncDispose]: close };
  }
  await close();
  throw new Error("The gateway ended before it listened.");
}

/** A port that nobody listens on, for a server whose address another one has to know before. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}
