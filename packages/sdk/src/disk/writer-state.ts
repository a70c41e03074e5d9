import process from "node:process";
import { hasCode } from "./has-code.ts";

/**
 * What became of the process that was writing a file and whose number is in the file's name. Unknown where another of that
 * number lives, as after a restart of the machine, and where nobody can tell.
 */
export function writerState(pid: number): "self" | "gone" | "unknown" {
  if (pid === process.pid) return "self";
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (hasCode(error, "ESRCH")) return "gone";
  }
  return "unknown";
}

/** Whether a file that is named for this process is of another of its number. In a container each start has the same. */
export function isOfFormerSelf(changedAtMs: number): boolean {
  return changedAtMs < Date.now() - process.uptime() * 1000 - 1000;
}
