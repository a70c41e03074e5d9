import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it, vi } from "vitest";
import { AuthorizedClient, type TokenSource } from "../http/authorized-client.ts";
import { EdgeClient } from "../http/edge-client.ts";
import type { FetchLike } from "../http/middleware.ts";
import { repeatAfter } from "../http/repeat-after.ts";
import { Transport } from "../http/transport.ts";
import { leveledLogger } from "../options/logger.ts";
import type { Progress } from "../options/options.ts";
import type { FileSource, OpenedFile } from "./file-source.ts";
import { type UploadOptions, uploadFile } from "./upload-file.ts";

const MEBIBYTE = 2 ** 20;

interface Received {
  body: unknown;
  headers: Headers;
  form: FormData | undefined;
}

/** A service that takes each answer in turn, the last one again and again, and reads what it is sent. */
function service(...answers: (() => Response)[]) {
  const received: Received[] = [];
  const fetch: FetchLike = async (_url, init) => {
    const { body, signal } = init ?? {};
    const headers = new Headers(init?.headers);
    const one: Received = { body, headers, form: undefined };
    received.push(one);
    const type = headers.get("content-type") ?? "";
    one.form = await new Response(body ?? null, { headers: { "content-type": type } })
      .formData()
      .catch(() => undefined);
    signal?.throwIfAborted();
    if (one.form === undefined) throw new TypeError("fetch failed");
    const answer = answers[Math.min(received.length, answers.length) - 1];
    return answer?.() ?? Response.json({ url: "https://files.example/stored" }, { status: 201 });
  };
  return { fetch, received };
}

interface Setting {
  fetch: FetchLike;
  uploadBody?: "stream" | "blob";
  open?: (path: string) => Promise<OpenedFile>;
  renewed?: string[];
}

function upload(setting: Setting, source: string | URL | FileSource, options: UploadOptions = {}) {
  const transport = new Transport({
    repeat: repeatAfter,
    fetch: setting.fetch,
    middleware: [],
    headers: {},
    maxRetries: 2,
    logger: leveledLogger(undefined, "silent"),
  });
  const tokens: TokenSource = {
    accessToken: async () => "token",
    renew: async (refused) => {
      setting.renewed?.push(refused);
      return "fresh";
    },
  };
  const disk = (): never => {
    throw new Error("no disk");
  };
  return uploadFile(
    {
      transport,
      files: { open: setting.open ?? disk },
      edge: new EdgeClient(new AuthorizedClient(transport, tokens, "bare"), "https://edge.example"),
      redirect: "manual",
      uploadBody: setting.uploadBody ?? "stream",
    },
    source,
    options,
  );
}

/** A stream of so many parts, which counts what is read of it. */
function streamOf(count: number, part: Uint8Array = new Uint8Array(64 * 1024)) {
  const state = { pulls: 0, isCancelled: false };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (state.pulls++ < count) controller.enqueue(part);
        else controller.close();
      },
      cancel() {
        state.isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, state };
}

function fileOf({ form }: Received = { body: undefined, headers: new Headers(), form: undefined }): File {
  const file = form?.get("file");
  if (!(file instanceof File)) throw new Error("No file came.");
  return file;
}

const unauthorized = (): Response => Response.json({ message: "JWT expired" }, { status: 401 });

describe("the body of an upload", () => {
  it.each([
    ["stream", Uint8Array],
    ["blob", Blob],
  ] as const)("is one piece, with a length, where the file is small (%s)", async (uploadBody, kind) => {
    const { fetch, received } = service();
    await upload({ fetch, uploadBody }, streamOf(3).stream);
    expect(received[0]?.body).toBeInstanceOf(kind);
    expect(fileOf(received[0]).size).toBe(3 * 64 * 1024);
  });

  it("is a stream for a large file, with its length where that is sure", async () => {
    const { fetch, received } = service();
    await upload({ fetch }, new Blob([new Uint8Array(2 * MEBIBYTE)]));
    await upload({ fetch }, new Uint8Array(2 * MEBIBYTE));
    await upload({ fetch }, streamOf(32).stream);
    expect(received.map(({ body }) => body instanceof ReadableStream)).toEqual([true, true, true]);
    expect(received.map((each) => fileOf(each).size)).toEqual(Array(3).fill(2 * MEBIBYTE));
    const lengths = received.map(({ headers }) => Number(headers.get("content-length") ?? "0"));
    expect(lengths[0]).toBeGreaterThan(2 * MEBIBYTE);
    expect(lengths[0]).toBeLessThan(2 * MEBIBYTE + 1_000);
    expect(lengths[1]).toBe(lengths[0]);
    expect(lengths[2]).toBe(0);
  });

  it("is made of a large Blob without reading it where platforms do that better", async () => {
    const { fetch, received } = service();
    const blob = new Blob(["%PDF-1.7", new Uint8Array(2 * MEBIBYTE)]);
    let wholeReads = 0;
    Object.defineProperty(blob, "stream", { value: () => wholeReads++ });
    await upload({ fetch, uploadBody: "blob" }, blob);
    await upload({ fetch, uploadBody: "blob" }, streamOf(32).stream);
    expect(received.map(({ body }) => body instanceof Blob)).toEqual([true, true]);
    expect(received.map(({ headers }) => headers.has("content-length"))).toEqual([false, false]);
    expect(fileOf(received[0]).type).toBe("application/pdf");
    expect(wholeReads).toBe(0);
  });
});

describe("maxBytes", () => {
  it("breaks a stream off as soon as it is past it, and sends no more", async () => {
    const { fetch, received } = service();
    const { stream, state } = streamOf(1_000);
    const error = await upload({ fetch }, stream, { maxBytes: 2 * MEBIBYTE }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "InvalidArgumentError" });
    expect(state).toEqual({ pulls: 33, isCancelled: true });
    expect(received).toHaveLength(1);
    expect(received[0]?.form).toBeUndefined();
  });

  it.each([
    ["a small stream", () => streamOf(16).stream],
    [
      "a Response that tells its length",
      () => new Response("x".repeat(10_001), { headers: { "content-length": "10001" } }),
    ],
    ["bytes", () => new Uint8Array(10_001)],
    ["a Blob", () => new Blob(["x".repeat(10_001)])],
  ])("refuses %s before a byte is sent", async (_what, source) => {
    const { fetch, received } = service();
    await expect(upload({ fetch }, source(), { maxBytes: 10_000 })).rejects.toMatchObject({
      name: "InvalidArgumentError",
    });
    expect(received).toEqual([]);
  });

  it("takes a file of exactly that size", async () => {
    const { fetch, received } = service();
    await upload({ fetch }, new Uint8Array(10_000), { maxBytes: 10_000 });
    await upload({ fetch }, streamOf(32).stream, { maxBytes: 2 * MEBIBYTE });
    expect(received.map((each) => fileOf(each).size)).toEqual([10_000, 2 * MEBIBYTE]);
  });
});

describe("a refused token", () => {
  it.each([
    ["a small stream", () => streamOf(3).stream, 3 * 64 * 1024],
    ["a large Blob", () => new Blob([new Uint8Array(2 * MEBIBYTE)]), 2 * MEBIBYTE],
  ])("is renewed, and %s sent again whole", async (_what, source, sizeBytes) => {
    const { fetch, received } = service(unauthorized, () => Response.json({ url: "https://files.example/a" }));
    expect((await upload({ fetch }, source())).url).toBe("https://files.example/a");
    expect(received.map((each) => fileOf(each).size)).toEqual([sizeBytes, sizeBytes]);
    expect(received[1]?.headers.get("authorization")).toBe("fresh");
  });

  it("is renewed for the next call where the file could be sent once only", async () => {
    const { fetch, received } = service(unauthorized);
    const renewed: string[] = [];
    await expect(upload({ fetch, renewed }, streamOf(32).stream)).rejects.toMatchObject({
      name: "AuthenticationError",
    });
    expect(received).toHaveLength(1);
    expect(renewed).toEqual(["token"]);
  });
});

describe("where the platform is no browser", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("a small file goes out as bytes, since the Blob of jsdom is none for fetch", async () => {
    const blob = new Blob(["meow"], { type: "text/plain" });
    const bodies: unknown[] = [];
    const fetch: FetchLike = async (_url, init) => {
      bodies.push(init?.body);
      return Response.json({ url: "https://files.example/stored" });
    };
    vi.stubGlobal("Blob", class {});
    for (const source of [blob, new Uint8Array([1, 2, 3, 4]), streamOf(1, new Uint8Array(4)).stream]) {
      await upload({ fetch }, source);
    }
    expect(bodies.map((body) => body instanceof Uint8Array)).toEqual([true, true, true]);
  });
});

describe("a source", () => {
  it("that fails ends the upload with its own error", async () => {
    const failure = new RangeError("the camera is gone");
    const { fetch } = service();
    let pulls = 0;
    const source = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (pulls++ < 40) controller.enqueue(new Uint8Array(64 * 1024));
        else controller.error(failure);
      },
    });
    await expect(upload({ fetch }, source)).rejects.toBe(failure);
  });

  it("is let go of when the service cannot be reached", async () => {
    const refused: FetchLike = async () => {
      throw Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } });
    };
    const { stream, state } = streamOf(1_000);
    await expect(upload({ fetch: refused }, stream)).rejects.toMatchObject({ name: "ConnectionError" });
    expect(state.isCancelled).toBe(true);
  });

  it("that is a missing file of Bun is refused, and not stored empty", async () => {
    const { fetch, received } = service();
    const missing = Object.assign(new Blob([]), { name: "missing.png", exists: async () => false });
    await expect(upload({ fetch }, missing)).rejects.toThrow("uploadFile: missing.png cannot be read. Check the path.");
    expect(received).toEqual([]);
  });

  it("that is being read already is refused", async () => {
    const { fetch, received } = service();
    const { stream } = streamOf(1);
    stream.getReader();
    await expect(upload({ fetch }, stream)).rejects.toMatchObject({ name: "InvalidArgumentError" });
    const response = new Response("spent");
    await response.text();
    await expect(upload({ fetch }, response)).rejects.toMatchObject({ name: "InvalidArgumentError" });
    expect(received).toEqual([]);
  });

  it("on disk that changes while it is sent is not stored", async () => {
    const { fetch } = service();
    const open = async (): Promise<OpenedFile> => ({
      name: "log.txt",
      sizeBytes: 3 * MEBIBYTE,
      stream: () => streamOf(32).stream,
    });
    await expect(upload({ fetch, open }, "log.txt")).rejects.toThrow(/changed/);
  });

  it.each([0, 32])("gives parts that are bytes, or is refused (after %s parts)", async (count) => {
    for (const wrong of [undefined, null, "not bytes", 7]) {
      const { fetch, received } = service();
      const parts = [...Array(count).fill(new Uint8Array(64 * 1024)), wrong];
      const stream = new ReadableStream({
        pull(controller) {
          if (parts.length === 0) controller.close();
          else controller.enqueue(parts.shift());
        },
      });
      await expect(upload({ fetch }, stream)).rejects.toThrow(/must give bytes/);
      expect(received.filter(({ form }) => form !== undefined)).toEqual([]);
    }
  });

  it("may use the memory of its parts again", async () => {
    const { fetch, received } = service();
    const memory = new Uint8Array(64 * 1024);
    let pulls = 0;
    const stream = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (pulls < 32) controller.enqueue(memory.fill(pulls++));
          else controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    await upload({ fetch }, stream);
    const stored = new Uint8Array(await fileOf(received[0]).arrayBuffer());
    expect(stored.findIndex((byte, place) => byte !== Math.floor(place / memory.byteLength))).toBe(-1);
  });
});

describe("what a file is", () => {
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  it.each<[string, FileSource, UploadOptions, string, string]>([
    ["the caller's word", new Blob([png], { type: "image/gif" }), { mimeType: "image/webp" }, "image/webp", "webp"],
    ["its source's word", new Blob([png], { type: "image/gif" }), { filename: "a.jpg" }, "image/gif", "jpg"],
    ["its name", png, { filename: "a.jpg" }, "image/jpeg", "jpg"],
    ["its first bytes", png, {}, "image/png", "png"],
    ["its first bytes where its name tells nothing", png, { filename: "picture" }, "image/png", "png"],
    [
      "its first bytes where its source says as good as nothing",
      new Response(png, { headers: { "content-type": "application/octet-stream" } }),
      {},
      "image/png",
      "png",
    ],
    ["nothing at all", new Uint8Array([1, 2, 3]), {}, "application/octet-stream", "bin"],
  ])("is told by %s", async (_by, source, options, mimeType, fileType) => {
    const { fetch, received } = service();
    const record = await upload({ fetch }, source, options);
    expect(fileOf(received[0]).type).toBe(mimeType);
    expect(received[0]?.form?.get("type")).toBe(fileType);
    expect(record.fileType).toBe(fileType);
  });

  it.each<[string, Blob, string, string?]>([
    ["a File", new File([png], "a/b.png"), "b.png", "a/b.png"],
    ["a file of Bun", Object.assign(new Blob([png]), { name: "/home/me/a.png", exists: async () => true }), "a.png"],
    ["a file of Bun on Windows", Object.assign(new Blob([png]), { name: "C:\\me\\a.png" }), "a.png"],
    ["a Blob of Bun", Object.assign(new Blob([png]), { name: undefined }), "file"],
  ])("is called by its own name, never by its folder: %s", async (_what, blob, label, name = label) => {
    const { fetch, received } = service();
    const { reference } = await upload({ fetch }, blob);
    expect(reference).toContain(`|${label}|`);
    expect(fileOf(received[0]).name).toBe(name);
  });

  it("is called by the path of the read stream that it comes in, and never by that of a request", async () => {
    const { fetch, received } = service();
    const path = fileURLToPath(import.meta.url);
    expect((await upload({ fetch }, createReadStream(path, { end: 9 }))).reference).toMatch(
      /\[\[file:ts\|upload-file\.test\.ts\|/,
    );
    expect(fileOf(received[0]).size).toBe(10);
    const request = Object.assign(Readable.from([png]), { path: "/etc/os-release" });
    expect((await upload({ fetch }, request)).reference).toMatch(/\[\[file:png\|file\|/);
  });

  it("cannot smuggle a header field in", async () => {
    const { fetch, received } = service();
    await expect(upload({ fetch }, png, { mimeType: "image/png\r\nX-Evil: 1" })).rejects.toThrow(/MIME type/);
    expect(received).toEqual([]);
  });
});

describe("onProgress", () => {
  it("counts the bytes that go out, up to the size of the file", async () => {
    const { fetch } = service();
    const reports: Progress[] = [];
    await upload({ fetch }, new Blob([new Uint8Array(2 * MEBIBYTE)]), { onProgress: (report) => reports.push(report) });
    const sent = reports.map(({ sentBytes }) => sentBytes ?? -1);
    expect(sent).toEqual([...sent].sort((one, other) => one - other));
    expect(sent.length).toBeGreaterThan(3);
    expect([sent[0], sent.at(-1)]).toEqual([0, 2 * MEBIBYTE]);
    expect(reports.every(({ totalBytes, phase }) => totalBytes === 2 * MEBIBYTE && phase === "uploading")).toBe(true);
  });

  it("names no total that is not known", async () => {
    const { fetch } = service();
    const reports: Progress[] = [];
    await upload({ fetch }, streamOf(32).stream, { onProgress: (report) => reports.push(report) });
    expect(reports.at(-1)).toMatchObject({ sentBytes: 2 * MEBIBYTE, totalBytes: undefined });
  });

  it("that throws ends the upload with what it threw", async () => {
    const { fetch } = service();
    const bug = new Error("mine");
    const onProgress = ({ sentBytes }: Progress): void => {
      if (sentBytes) throw bug;
    };
    await expect(upload({ fetch }, new Blob([new Uint8Array(2 * MEBIBYTE)]), { onProgress })).rejects.toBe(bug);
  });
});
