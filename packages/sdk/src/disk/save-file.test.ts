import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { pathToFileURL } from "node:url";
import { FileSaveError, type MediaDownload } from "@flowith-webapi/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeDisk } from "./node-disk.ts";
import { saveFile } from "./save-file.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowith-save-"));
});

afterEach(() => rm(folder, { recursive: true }));

function media(text: string, failure?: Error): () => Promise<MediaDownload> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      if (failure === undefined) controller.close();
    },
    pull(controller) {
      if (failure !== undefined) controller.error(failure);
    },
  });
  const headers = new Headers({ "content-type": "image/png" });
  return async () => ({ url: "https://files.example/a/cat.png", headers, body });
}

describe("saveFile", () => {
  it("makes the folder and says where the file is, how large, and of what type", async () => {
    const saved = await saveFile(nodeDisk, media("meow"), join(folder, "new", "deep"), {});
    expect(saved).toEqual({ location: join(folder, "new", "deep", "cat.png"), sizeBytes: 4, mimeType: "image/png" });
    expect(isAbsolute(saved.location)).toBe(true);
    expect(await readFile(saved.location, "utf8")).toBe("meow");
  });

  it("takes a file's path, and a file URL", async () => {
    expect((await saveFile(nodeDisk, media("a"), join(folder, "mine.png"), {})).location).toBe(
      join(folder, "mine.png"),
    );
    expect((await saveFile(nodeDisk, media("b"), pathToFileURL(join(folder, "other.png")), {})).location).toBe(
      join(folder, "other.png"),
    );
  });

  it("takes a file URL as text, and a folder whose name only seems to have an extension", async () => {
    const { href } = pathToFileURL(join(folder, "out"));
    expect((await saveFile(nodeDisk, media("a"), href, {})).location).toBe(join(folder, "out", "cat.png"));
    const version = await saveFile(nodeDisk, media("a"), join(folder, "flux-1.1"), {});
    expect(version.location).toBe(join(folder, "flux-1.1", "cat.png"));
    const foreign = {
      href,
      get [Symbol.toStringTag](): string {
        return "URL";
      },
    };
    const saved = await saveFile(nodeDisk, media("b"), foreign as unknown as URL, { overwrite: true });
    expect(saved.location).toBe(join(folder, "out", "cat.png"));
  });

  it.runIf(process.platform === "linux")("ends where no folder can be made, and names the system's code", async () => {
    await expect(saveFile(nodeDisk, media("a"), "/proc/flowith", {})).rejects.toMatchObject({
      name: "FileSaveError",
      isRetryable: false,
      message: expect.stringContaining("(ENOENT)"),
    });
  });

  it("may be tried again where too many files are open, and shows no long path", async () => {
    const createFile = async (path: string): Promise<never> => {
      throw Object.assign(new Error(`EMFILE: too many open files, open '${path}'`), { code: "EMFILE" });
    };
    const error: unknown = await saveFile({ ...nodeDisk, createFile }, media("a"), folder, {}).catch((e) => e);
    expect(error).toMatchObject({ name: "FileSaveError", isRetryable: true });
    expect(String(error)).toContain("(EMFILE)");
    expect(String(error)).not.toContain(folder);
  });

  it("says what went wrong first, when nothing can be removed either", async () => {
    const failing = (code: string) => async (): Promise<never> => {
      throw Object.assign(new Error(code), { code });
    };
    const remove = failing("EFAULT");
    for (const disk of [
      { ...nodeDisk, createFile: failing("ENOTDIR"), remove },
      { ...nodeDisk, createFile: async () => ({ write: failing("ENOTDIR"), close: failing("EIO") }), remove },
      { ...nodeDisk, link: failing("EPERM"), copyUnlessThere: failing("ENOTDIR"), remove },
    ]) {
      await expect(saveFile(disk, media("a"), folder, {})).rejects.toMatchObject({
        name: "FileSaveError",
        message: expect.stringContaining("(ENOTDIR)"),
        cause: { code: "ENOTDIR" },
      });
    }
  });

  it("takes a relative path from the folder that the process is in at the call", async () => {
    const before = process.cwd();
    try {
      process.chdir(folder);
      const here = process.cwd();
      const saving = saveFile(nodeDisk, media("a"), "out", {});
      const alone = saveFile(nodeDisk, media("a"), "out/own.png", {});
      process.chdir("/");
      expect((await saving).location).toBe(join(here, "out", "cat.png"));
      expect((await alone).location).toBe(join(here, "out", "own.png"));
    } finally {
      process.chdir(before);
    }
  });

  it("leaves an existing file alone and finds a free name", async () => {
    await writeFile(join(folder, "cat.png"), "old");
    const saved = await Promise.all([
      saveFile(nodeDisk, media("new"), folder, {}),
      saveFile(nodeDisk, media("new"), folder, {}),
    ]);
    expect(saved.map(({ location }) => location).sort()).toEqual([
      join(folder, "cat (2).png"),
      join(folder, "cat (3).png"),
    ]);
    expect(await readFile(join(folder, "cat.png"), "utf8")).toBe("old");
  });

  it("replaces an existing file when told to", async () => {
    await writeFile(join(folder, "cat.png"), "old");
    await saveFile(nodeDisk, media("new"), folder, { overwrite: true });
    expect(await readFile(join(folder, "cat.png"), "utf8")).toBe("new");
    expect(await readdir(folder)).toEqual(["cat.png"]);
  });

  it("names a file of unknown type by its first bytes, however small the parts are that they come in", async () => {
    const bytes = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const headers = new Headers({ "content-type": "application/octet-stream" });
    const saved = await saveFile(
      nodeDisk,
      async () => ({ url: "https://files.example/%2e%2e/CON", headers, body }),
      folder,
      {},
    );
    expect(saved).toEqual({ location: join(folder, "CON_.png"), sizeBytes: 10, mimeType: "image/png" });
    expect(new Uint8Array(await readFile(saved.location))).toEqual(bytes);
  });

  it("keeps every byte in its place, in parts of any size", async () => {
    const sizes = [1, 70_000, 3, 1_048_576, 65_536, 2_500_000, 17];
    const parts = sizes.map((size, which) =>
      Uint8Array.from({ length: size }, (_, place) => (place * 7 + which) % 253),
    );
    const body = new Blob(parts).stream();
    const saved = await saveFile(
      nodeDisk,
      async () => ({ url: "https://x/a.bin", headers: new Headers(), body }),
      folder,
      {},
    );
    expect(saved.sizeBytes).toBe(sizes.reduce((sum, size) => sum + size));
    expect(Buffer.compare(await readFile(saved.location), Buffer.concat(parts))).toBe(0);
  });

  it("leaves nothing behind when the download breaks off", async () => {
    const cause = new Error("cut");
    await expect(saveFile(nodeDisk, media("half", cause), folder, {})).rejects.toMatchObject({
      name: "FileSaveError",
      cause,
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it("leaves nothing behind when the caller aborts, and throws the caller's reason", async () => {
    const reason = new Error("enough");
    await expect(
      saveFile(nodeDisk, media("half", new Error("aborted")), folder, { signal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason);
    expect(await readdir(folder)).toEqual([]);
  });

  it("explains a folder that cannot be made", async () => {
    await writeFile(join(folder, "file"), "in the way");
    const error = await saveFile(nodeDisk, media("x"), join(folder, "file", "below"), {}).catch(
      (reason: unknown) => reason,
    );
    expect(FileSaveError.is(error)).toBe(true);
    expect(String(error)).toMatch(/could not be written/);
  });

  it("refuses targets that are not of this platform", async () => {
    const bucket = { put: async () => undefined };
    await expect(saveFile(nodeDisk, media("x"), bucket, {})).rejects.toMatchObject({ name: "InvalidArgumentError" });
  });
});
