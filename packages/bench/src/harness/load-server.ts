import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import * as v from "valibot";

export interface LoadServer extends AsyncDisposable {
  url: string;
  controlUrl: string;
  /** Forgets the last contestant. */
  reset(): Promise<void>;
}

const addressSchema: v.GenericSchema<unknown, { url: string; controlUrl: string }> = v.object({
  url: v.string(),
  controlUrl: v.string(),
});

/** Starts the load server in a process of its own, so that it takes nothing from who is measured. */
export async function startLoadServer(): Promise<LoadServer> {
  const script = fileURLToPath(new URL("../load-server/main.ts", import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const [line]: string[] = await once(lines, "line");
  const { url, controlUrl } = v.parse(addressSchema, JSON.parse(line ?? ""));
  return {
    url,
    controlUrl,
    async reset() {
      await (await fetch(`${controlUrl}/reset`)).text();
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, "close");
      child.stdin.end();
      await ended;
    },
  };
}
