import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process, told apart from a later one that was given the same id. */
export interface ProcessIdentity {
  pid: number;
  /** When it started, in whatever form the system tells; null where it does not. */
  startTime: string | null;
}

/** Fields of `/proc/<pid>/stat` after the name, which can hold blanks and brackets: `state` is the first, `starttime` the 20th. */
function linuxStartTime(pid: number): string | null {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const state = fields[0];
  // a process that was killed and not yet waited for still has an id, and holds nothing
  if (state === "Z" || state === "X") return null;
  const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return `${boot} ${fields[19]}`;
}

function macStartTime(pid: number): string | null {
  const told = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
  return told === "" ? null : told;
}

/** @returns null for a process that is not there, undefined where the system does not tell */
function startTimeOf(pid: number): string | null | undefined {
  const isLinux = process.platform === "linux";
  if (!isLinux && process.platform !== "darwin") return undefined;
  try {
    return isLinux ? linuxStartTime(pid) : macStartTime(pid);
  } catch {
    return null;
  }
}

function hasId(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, startTime: startTimeOf(process.pid) ?? null };
}

export function isAlive({ pid, startTime }: ProcessIdentity): boolean {
  if (!hasId(pid)) return false;
  const now = startTimeOf(pid);
  if (now === undefined || startTime === null) return true;
  return now === startTime;
}
