import { statfsSync } from "node:fs";
import { dirname } from "node:path";

const megabyte = 1024 * 1024;

/** Of Postgres's log, which is written in segments that take all of their room at once. */
const segmentMegabytes = 16;

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
