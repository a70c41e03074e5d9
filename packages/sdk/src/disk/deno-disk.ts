import { excerpt } from "@flowith-webapi/core/http";
import { type DenoFile, denoApi, lacksPermission } from "../shared/deno-api.ts";
import type { Disk } from "./disk.ts";
import { hasCode } from "./has-code.ts";

/** The disk by Deno's own API, which asks for no more permissions than the paths in use need. */
export const denoDisk: Disk = {
  makeFolder: (path) => denoApi().mkdir(path, { recursive: true }),
  async createFile(path) {
    const file = await denoApi().open(path, { write: true, createNew: true });
    return {
      async write(parts) {
        for (const part of parts) await writeAll(file, part);
      },
      close: async () => file.close(),
    };
  },
  async openFile(path) {
    const file = await denoApi().open(path, { read: true });
    return { read: async (block) => (await file.read(block)) ?? 0, close: async () => file.close() };
  },
  async stat(path) {
    const { size, mtime, isFile, isDirectory } = await denoApi().stat(path);
    return { sizeBytes: size, changedAtMs: mtime?.getTime() ?? Date.now(), isFile, isFolder: isDirectory };
  },
  async namesIn(folder) {
    const names: string[] = [];
    for await (const { name } of denoApi().readDir(folder)) names.push(name);
    return names;
  },
  rename: (from, to) => denoApi().rename(from, to),
  link: (from, to) => denoApi().link(from, to),
  async copyUnlessThere(from, to) {
    const source = await denoApi().open(from, { read: true });
    const target = await denoApi()
      .open(to, { write: true, createNew: true })
      .catch((error: unknown) => {
        source.close();
        throw error;
      });
    await source.readable.pipeTo(target.writable);
  },
  async remove(path) {
    await denoApi()
      .remove(path)
      .catch((error: unknown) => {
        if (!hasCode(error, "ENOENT")) throw error;
      });
  },
  advice(error, path) {
    if (!lacksPermission(error)) return undefined;
    const isRead = error instanceof Error && error.message.includes("read access");
    // A flag with half a path would be wrong.
    const at = excerpt(path) === path ? `=${path}` : "";
    return isRead ? `Run Deno with --allow-read${at}` : `Run Deno with --allow-read${at} --allow-write${at}`;
  },
};

/** One part may be taken in several pieces. */
async function writeAll(file: DenoFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.byteLength; ) at += await file.write(bytes.subarray(at));
}
