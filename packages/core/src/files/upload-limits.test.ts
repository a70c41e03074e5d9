import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AuthorizedClient } from "../http/authorized-client.ts";
import { EdgeClient } from "../http/edge-client.ts";
import type { FetchLike } from "../http/middleware.ts";
import { repeatAfter } from "../http/repeat-after.ts";
import { Transport } from "../http/transport.ts";
import { leveledLogger } from "../options/logger.ts";
import type { FileSource } from "./file-source.ts";
import { type UploadOptions, uploadFile } from "./upload-file.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const never: FetchLike = (_url, init) =>
  new Promise((_, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)));

async function upload(fetch: FetchLike, source: FileSource | URL, options: UploadOptions = {}) {
  const transport = new Transport({
    repeat: repeatAfter,
    fetch,
    middleware: [],
    headers: {},
    maxRetries: 2,
    logger: leveledLogger(undefined, "silent"),
  });
  const tokens = { accessToken: async () => "token", renew: async () => undefined };
  const files = { open: () => Promise.reject(new Error("no disk")), save: () => Promise.reject(new Error("no disk")) };
  const tools = {
    transport,
    files,
    edge: new EdgeClient(new AuthorizedClient(transport, tokens, "bare"), "https://edge.example"),
    redirect: "manual" as const,
    uploadBody: "stream" as const,
  };
  const startedAtMs = Date.now();
  let error: unknown;
  let atMs = Number.NaN;
  uploadFile(tools, source, options)
    .catch((reason: unknown) => {
      error = reason;
    })
    .finally(() => {
      atMs = Date.now() - startedAtMs;
    });
  await vi.advanceTimersByTimeAsync(1_000_000);
  return { error, atMs };
}

/** A source that gives one byte and then nothing. */
function stalledSource() {
  const state = { isCancelled: false };
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new Uint8Array([1]));
    },
    cancel() {
      state.isCancelled = true;
    },
  });
  return { stream, state };
}

describe("the limits of an upload", () => {
  it("end it after 120 s, in which sending counts as much as the answer", async () => {
    const { error, atMs } = await upload(never, new Blob(["x"]));
    expect(error).toMatchObject({ name: "TimeoutError", phase: "total", limitMs: 120_000 });
    expect(atMs).toBe(120_000);
  });

  it("end it where the answer's body stalls in the middle", async () => {
    const stalled: FetchLike = async () => new Response(stalledSource().stream);
    const { error, atMs } = await upload(stalled, new Blob(["x"]), { timeout: { totalMs: 7_000 } });
    expect(error).toMatchObject({ name: "TimeoutError", phase: "total", limitMs: 7_000 });
    expect(atMs).toBe(7_000);
  });

  it("count the reading of the source, which is cancelled then", async () => {
    const { stream, state } = stalledSource();
    const { error, atMs } = await upload(never, stream);
    expect(error).toMatchObject({ name: "TimeoutError", phase: "total" });
    expect(atMs).toBe(120_000);
    expect(state.isCancelled).toBe(true);
  });

  it("end it where its source gives nothing but empty parts", async () => {
    let given = 0;
    const empty = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (++given > 1_000_000) controller.close();
        else controller.enqueue(new Uint8Array());
      },
    });
    const stored: FetchLike = async () => Response.json({ url: "https://files.example/stored" }, { status: 201 });
    const { error, atMs } = await upload(stored, empty);
    expect(error).toMatchObject({ name: "TimeoutError", phase: "total" });
    expect(atMs).toBe(120_000);
  });

  it("end the download of a source that stalls after 30 s without a byte", async () => {
    const { stream, state } = stalledSource();
    const { error, atMs } = await upload(async () => new Response(stream), new URL("https://files.example/a.png"));
    expect(error).toMatchObject({ name: "TimeoutError", phase: "idle", limitMs: 30_000 });
    expect(atMs).toBeLessThan(30_500);
    expect(state.isCancelled).toBe(true);
  });
});

describe("a caller's signal", () => {
  it.each([
    ["while it is sent", () => new Blob(["x"])],
    ["while its source is read", () => stalledSource().stream],
  ])("ends an upload %s with its own reason, and keeps no listener", async (_when, source) => {
    const controller = new AbortController();
    const reason = new Error("enough");
    setTimeout(() => controller.abort(reason), 2_000);
    const { error, atMs } = await upload(never, source(), { signal: controller.signal });
    expect(error).toBe(reason);
    expect(atMs).toBe(2_000);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });
});
