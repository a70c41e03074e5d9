import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { CaseResult } from "../src/index.ts";
import { describeRuntime } from "./describe-runtime.ts";
import { only } from "./selected-cases.ts";

const main = fileURLToPath(new URL("./process-main.ts", import.meta.url));

/** States that all cases hold in a runtime that is started as a process, such as `["deno", "run"]`. */
export function describeProcess(runtime: string, [command, ...args]: readonly [string, ...string[]]): void {
  describeRuntime(runtime, async (emulatorUrl, onResult) => {
    const child = spawn(command, [...args, main, emulatorUrl, only], {
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 560_000,
    });
    const closed = once(child, "close");
    let said = "";
    child.stderr.on("data", (piece) => {
      said += piece;
    });
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith("{")) onResult(JSON.parse(line) satisfies CaseResult);
    }
    const [code] = await closed;
    if (code !== 0) throw new Error(`${runtime} ended with ${code}: ${said}`);
  });
}
