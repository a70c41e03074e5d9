import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import { segmentMegabytes } from "./guarded-postgres.ts";

const megabyte = 1024 * 1024;

function megabytesLeft(folder: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return Math.floor((bavail * bsize) / megabyte);
  } catch {
    // not made, or gone
    return undefined;
  }
}

/** What is wrong with the disk where a database has failed, if that may be why. */
export function diskProblem(folder: string | undefined): string | undefined {
  if (folder === undefined) return undefined;
  const left = megabytesLeft(folder) ?? megabytesLeft(dirname(folder));
  if (left === undefined || left > segmentMegabytes) return undefined;
  return `the disk of ${folder} has ${left} MB left, and Postgres wants ${segmentMegabytes} MB at a time for its log`;
}
