import { spawn } from "node:child_process";
import { once } from "node:events";
import { Readable } from "node:stream";
import { firstPlace } from "./browser.ts";

/** A display that nobody sees. */
export interface Display {
  name: string;
  close(): Promise<void>;
}

/** Where the X server without a screen is, if it is here. */
export function findXvfb(): string | undefined {
  return firstPlace("XVFB_PATH", ["/usr/bin/Xvfb"]);
}

/** Starts one under the first number that is free. */
export async function startDisplay(): Promise<Display> {
  // It writes the number to its fourth descriptor, when it takes connections.
  const args = ["-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp"];
  const child = spawn(findXvfb() ?? "Xvfb", args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const exit = once(child, "exit");
  const said = child.stdio[3];
  if (!(said instanceof Readable)) throw new Error("Xvfb has no pipe for the number of its display.");
  const number = await Promise.race([
    once(said, "data"),
    exit.then(([code]) => Promise.reject(new Error(`Xvfb ended (${code})`))),
  ]);
  return {
    name: `:${String(number[0]).trim()}`,
    async close() {
      child.kill();
      await exit;
    },
  };
}
