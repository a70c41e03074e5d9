import { readFileSync } from "node:fs";

/** A process, told apart from a later one that was given the same id, where the system tells when it started. */
export interface ProcessIdentity {
  pid: number;
  startTime: string | null;
}

/** Fields of `/proc/<pid>/stat` after the name, which may hold blanks and brackets: the state first, the start as the 20th. */
function startTimeOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // killed and not yet waited for: it has its id still, and holds nothing
    if (fields[0] === "Z" || fields[0] === "X") return null;
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${fields[19]}`;
  } catch {
    return null;
  }
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, startTime: startTimeOf(process.pid) };
}

export function isAlive({ pid, startTime }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  return startTime === null || startTimeOf(pid) === startTime;
}
