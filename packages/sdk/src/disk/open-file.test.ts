import { mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeDisk } from "./node-disk.ts";
import { openFile } from "./open-file.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowith-open-"));
});

afterEach(() => rm(folder, { recursive: true }));

async function openDescriptors(path: string): Promise<number> {
  const { readlink } = await import("node:fs/promises");
  const links = await Promise.all(
    (await readdir("/proc/self/fd")).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => "")),
  );
  return links.filter((link) => link === path).length;
}

const onLinux = it.runIf(process.platform === "linux");

describe("openFile", () => {
  it("gives the bytes of a file of any size, again with each stream", async () => {
    const bytes = Uint8Array.from({ length: 1_500_001 }, (_, place) => place % 251);
    await writeFile(join(folder, "large.bin"), bytes);
    const file = await openFile(nodeDisk, pathToFileURL(join(folder, "large.bin")).href, "uploadFile");
    expect(file).toMatchObject({ name: "large.bin", sizeBytes: 1_500_001 });
    for (let time = 0; time < 2; time++) {
      expect(Buffer.compare(Buffer.from(await new Response(file.stream()).arrayBuffer()), bytes)).toBe(0);
    }
    await writeFile(join(folder, "empty.bin"), "");
    expect(
      (await new Response((await openFile(nodeDisk, join(folder, "empty.bin"), "uploadFile")).stream()).arrayBuffer())
        .byteLength,
    ).toBe(0);
  });

  onLinux("opens the file at the first read, and closes it at its end and when it is cancelled", async () => {
    const path = join(folder, "file.bin");
    await writeFile(path, new Uint8Array(2_000_000));
    const { stream } = await openFile(nodeDisk, path, "uploadFile");
    const whole = stream();
    expect(await openDescriptors(path)).toBe(0);
    await new Response(whole).arrayBuffer();
    expect(await openDescriptors(path)).toBe(0);
    const reader = stream().getReader();
    await reader.read();
    expect(await openDescriptors(path)).toBe(1);
    await reader.cancel();
    expect(await openDescriptors(path)).toBe(0);
  });

  it("takes a relative path from the folder that the process is in at the call", async () => {
    await writeFile(join(folder, "here.bin"), "here");
    const before = process.cwd();
    try {
      process.chdir(folder);
      const opening = openFile(nodeDisk, "here.bin", "uploadFile");
      process.chdir("/");
      const file = await opening;
      expect(file.name).toBe("here.bin");
      expect(await new Response(file.stream()).text()).toBe("here");
    } finally {
      process.chdir(before);
    }
  });

  it("explains what cannot be read, at once or when it is too late", async () => {
    await expect(openFile(nodeDisk, join(folder, "missing.bin"), "uploadFile")).rejects.toThrow(
      /missing\.bin cannot be read \(ENOENT\)\. Check the path/,
    );
    await expect(openFile(nodeDisk, join(folder, "a".repeat(300)), "uploadFile")).rejects.toThrow(
      /: …a{59} cannot be read \(ENAMETOOLONG/,
    );
    await expect(openFile(nodeDisk, folder, "uploadFile")).rejects.toThrow(/is no file/);
    await expect(openFile(nodeDisk, "", "uploadFile")).rejects.toThrow(/the path is empty/);
    await writeFile(join(folder, "moved.bin"), "x");
    const { stream } = await openFile(nodeDisk, join(folder, "moved.bin"), "uploadFile");
    await rename(join(folder, "moved.bin"), join(folder, "away.bin"));
    await expect(new Response(stream()).text()).rejects.toMatchObject({ name: "InvalidArgumentError" });
  });

  it.each(["EMFILE", "ENFILE"])("may be tried again where too many files are open: %s", async (code) => {
    await writeFile(join(folder, "a.bin"), "x");
    const failing = async (): Promise<never> => {
      throw Object.assign(new Error(`${code}: too many open files`), { code });
    };
    const error: unknown = await openFile({ ...nodeDisk, stat: failing }, join(folder, "a.bin"), "uploadFile").catch(
      (e) => e,
    );
    expect(error).toMatchObject({ name: "FileUploadError", isRetryable: true });
    expect(String(error)).toContain(`(${code})`);
    const { stream } = await openFile({ ...nodeDisk, openFile: failing }, join(folder, "a.bin"), "uploadFile");
    await expect(new Response(stream()).text()).rejects.toMatchObject({ isRetryable: true });
  });
});
