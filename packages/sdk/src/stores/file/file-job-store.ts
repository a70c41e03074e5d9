import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { InvalidArgumentError, type JobHandle, type JobStore } from "@flowith-webapi/core";
import { hasCode } from "../../disk/has-code.ts";
import { inTurn } from "./in-turn.ts";
import { replaceFile } from "./replace-file.ts";
import { storePath } from "./store-path.ts";

/**
 * Handles of jobs in flight in a folder, a file each, so that several processes can share it. The folder is made at the
 * first job; what is in it and is no handle is left alone. For Node, Deno and Bun; elsewhere a job store of your own is
 * three functions, `put`, `delete` and `list`.
 * @throws InvalidArgumentError for what names no folder, and where there is no disk: in pages, in Workers, and by the
 *   `fetch` entry
 * @example
 * const flowith = Flowith.fromEnv({ jobStore: fileJobStore("./.flowith/jobs") });
 * for (const job of await flowith.jobs.pending()) console.log(await job.wait());
 */
export function fileJobStore(folder: string): JobStore {
  const root = storePath("fileJobStore", folder);
  const isOurs = (name: string): boolean => /^[\w-]{1,100}\.json$/.test(name);
  const fileOf = (userNodeId: string): string => {
    // A handle may come from a caller, and its id is about to be a path.
    if (!/^[\w-]{1,100}$/.test(userNodeId)) throw new InvalidArgumentError("fileJobStore: this is no job handle.");
    return join(root, `${userNodeId}.json`);
  };
  return {
    async put(handle) {
      const file = fileOf(handle.userNodeId);
      const text = `${JSON.stringify(handle)}\n`;
      await inTurn(file, () => replaceFile(file, text, isOurs));
    },
    async delete(userNodeId) {
      const file = fileOf(userNodeId);
      await inTurn(file, () => rm(file, { force: true }));
    },
    async list() {
      const names = (await namesIn(root)).filter((name) => name.endsWith(".json") && !name.startsWith("."));
      const handles = await Promise.all(names.map((name) => readHandle(join(root, name))));
      return handles.filter((handle) => handle !== undefined);
    },
  };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  }
}

async function readHandle(path: string): Promise<JobHandle | undefined> {
  let value: unknown;
  try {
    value = JSON.parse((await readFile(path, "utf8")).replace(/^\ufeff/, ""));
  } catch (error) {
    // Gone since the folder was read, as its job has ended; or not ours, as a folder or a circle of links of such a name.
    const isNone = ["ENOENT", "EISDIR", "ELOOP"].some((code) => hasCode(error, code)) || error instanceof SyntaxError;
    if (isNone) return undefined;
    throw error;
  }
  return isHandle(value) ? value : undefined;
}

const texts = ["nodeId", "userNodeId", "convId", "userId", "model"] as const;

function isHandle(value: unknown): value is JobHandle {
  if (typeof value !== "object" || value === null || !("v" in value) || value.v !== 1) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  return texts.every((name) => typeof fields.get(name) === "string") && typeof fields.get("createdAtMs") === "number";
}
