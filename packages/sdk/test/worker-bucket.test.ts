import { fileURLToPath } from "node:url";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import type { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorker, workerBundle } from "../../emulator/src/testing/in-workerd.ts";

let emulator: Emulator;
let worker: Miniflare;

beforeAll(async () => {
  emulator = await startEmulator();
  const { token } = await emulator.createUser();
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  const script = await workerBundle(fileURLToPath(new URL("./worker-main.ts", import.meta.url)));
  worker = await startWorker(script, {
    r2Buckets: ["PICTURES"],
    bindings: { OPTIONS: { token, edgeUrl, supabaseUrl, supabaseKey } },
  });
});

afterAll(async () => {
  await worker?.dispose();
  await emulator?.close();
});

async function ask(query: Record<string, string>): Promise<unknown[]> {
  const response = await worker.dispatchFetch(`http://worker.localhost/?${new URLSearchParams(query)}`);
  const text = await response.text();
  if (response.status !== 200) throw new Error(text);
  return JSON.parse(text);
}

/** What is used of Miniflare's buckets, whose types are in a package that the project does not have. */
interface Bucket {
  get(key: string): Promise<{ arrayBuffer(): Promise<ArrayBuffer>; httpMetadata?: { contentType?: string } } | null>;
}

async function stored(key: string) {
  const bucket: Bucket = (await worker.getR2Bucket("PICTURES")) as never;
  const object = await bucket.get(key);
  if (object === null) return undefined;
  const bytes = new Uint8Array(await object.arrayBuffer());
  return { sizeBytes: bytes.byteLength, bytes, type: object.httpMetadata?.contentType };
}

describe("in a Worker, a picture is streamed into R2", () => {
  it("under its key, with its type", async () => {
    const [saved] = await ask({ key: "deep/cat.png" });
    const object = await stored("deep/cat.png");
    expect(saved).toEqual({ location: "deep/cat.png", sizeBytes: object?.sizeBytes, mimeType: "image/png" });
    expect(Buffer.from(object?.bytes.subarray(1, 4) ?? []).toString()).toBe("PNG");
    expect(object?.type).toBe("image/png");
  });

  it("under the file's own name where no key is given", async () => {
    const [saved] = await ask({});
    expect(saved).toMatchObject({ location: expect.stringMatching(/\.png$/) });
  });

  it("under a free key, unless it is to replace what is there", async () => {
    await ask({ key: "dog.png", file: "1000" });
    const [second] = await ask({ key: "dog.png", file: "2000" });
    expect(second).toMatchObject({ location: "dog (2).png", sizeBytes: 2000 });
    expect(await stored("dog.png")).toMatchObject({ sizeBytes: 1000 });
    const [third] = await ask({ key: "dog.png", file: "3000", overwrite: "" });
    expect(third).toMatchObject({ location: "dog.png" });
    expect(await stored("dog.png")).toMatchObject({ sizeBytes: 3000 });
  });

  it("one of two at the same moment only, and the other says so or takes the next key", async () => {
    const saved = await ask({ key: "race.png", times: "2" });
    const locations = saved.map((one) => (one as { location?: string; error?: string }).location);
    const errors = saved.map((one) => (one as { error?: string }).error).filter((error) => error !== undefined);
    expect(locations).toContain("race.png");
    expect(new Set(locations).size).toBe(2);
    for (const error of errors) expect(error).toMatch(/FileSaveError.*at the same moment/);
  });

  it("whose length the file host does not tell", async () => {
    const [saved] = await ask({ key: "unknown.png", file: "unknown3000000" });
    expect(saved).toMatchObject({ sizeBytes: 3_000_000 });
    expect(await stored("unknown.png")).toMatchObject({ sizeBytes: 3_000_000 });
  });

  it("but not one of unknown length that is too large to collect", async () => {
    const [saved] = await ask({ key: "huge.png", file: "unknown70000000" });
    expect(saved).toMatchObject({ error: expect.stringMatching(/FileSaveError.*does not say how large/) });
    expect(await stored("huge.png")).toBeUndefined();
  });

  it("and nothing is stored of one that breaks off", async () => {
    const [saved] = await ask({ key: "half.png", file: "short" });
    expect(saved).toMatchObject({ error: expect.stringMatching(/ConnectionError/) });
    expect(await stored("half.png")).toBeUndefined();
  });
});
