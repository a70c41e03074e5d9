import { constants, copyFile, type FileHandle, link, open, readdir, rename, rm, stat } from "node:fs/promises";
import type { Disk } from "./disk.ts";
import { makeFolders } from "./make-folders.ts";

/** The disk as Node and Bun show it. */
export const nodeDisk: Disk = {
  makeFolder: (path) => makeFolders(path),
  async createFile(path) {
    const file = await open(path, "wx");
    return { write: (parts) => writeAll(file, parts), close: () => file.close() };
  },
  async openFile(path) {
    const file = await open(path);
    return {
      read: async (block) => (await file.read(block, 0, block.byteLength, null)).bytesRead,
      close: () => file.close(),
    };
  },
  async stat(path) {
    const entry = await stat(path);
    return { sizeBytes: entry.size, changedAtMs: entry.mtimeMs, isFile: entry.isFile(), isFolder: entry.isDirectory() };
  },
  namesIn: (folder) => readdir(folder),
  rename,
  link,
  copyUnlessThere: (from, to) => copyFile(from, to, constants.COPYFILE_EXCL),
  remove: (path) => rm(path, { force: true }),
};

async function writeAll(file: FileHandle, parts: Uint8Array[]): Promise<void> {
  const sizeBytes = parts.reduce((sum, part) => sum + part.byteLength, 0);
  const { bytesWritten } = await file.writev(parts);
  if (bytesWritten === sizeBytes) return;
  // A system may take less than it is given, as before it says that the disk is full.
  const rest = Buffer.concat(parts).subarray(bytesWritten);
  for (let at = 0; at < rest.byteLength; ) at += (await file.write(rest, at)).bytesWritten;
}
