import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openDownload } from "../http/download.ts";
import { repeatAfter } from "../http/repeat-after.ts";
import { Transport } from "../http/transport.ts";
import { leveledLogger } from "../options/logger.ts";
import type { CallOptions } from "../options/options.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** A file host that sends a byte after each of these waits and then nothing more; with `ends`, the end. */
function host(waitsMs: readonly number[], { ends = false, length = undefined as number | undefined } = {}) {
  const state = { isCancelled: false };
  let sent = 0;
  const body = (): ReadableStream<Uint8Array> =>
    new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const waitMs = waitsMs[sent++];
          if (waitMs === undefined) {
            if (ends) controller.close();
            else await new Promise(() => undefined);
            return;
          }
          await new Promise((resolve) => setTimeout(resolve, waitMs));
          if (!state.isCancelled) controller.enqueue(new Uint8Array([sent]));
        },
        cancel() {
          state.isCancelled = true;
        },
      },
      { highWaterMark: 0 },
    );
  const headers: Record<string, string> = length === undefined ? {} : { "content-length": String(length) };
  const transport = new Transport({
    repeat: repeatAfter,
    fetch: async () => new Response(body(), { headers }),
    middleware: [],
    headers: {},
    maxRetries: 2,
    logger: leveledLogger(undefined, "silent"),
  });
  return { transport, state };
}

/** Reads it whole; how many bytes came, how it ended, and when. */
async function download(transport: Transport, call: CallOptions = {}) {
  const startedAtMs = Date.now();
  let bytes = 0;
  let error: unknown;
  let atMs = Number.NaN;
  const work = async (): Promise<void> => {
    const { body } = await openDownload(transport, "https://files.example/a.png", call);
    for await (const part of body) bytes += part.byteLength;
  };
  work()
    .catch((reason: unknown) => {
      error = reason;
    })
    .finally(() => {
      atMs = Date.now() - startedAtMs;
    });
  await vi.advanceTimersByTimeAsync(1_000_000);
  return { bytes, error, atMs };
}

describe("the limits of a download", () => {
  it("end it after 30 s without a byte, and the transfer with it", async () => {
    const { transport, state } = host([0, 5_000]);
    const { bytes, error, atMs } = await download(transport);
    expect(error).toMatchObject({ name: "TimeoutError", phase: "idle", limitMs: 30_000 });
    expect(bytes).toBe(2);
    expect(atMs).toBeGreaterThanOrEqual(35_000);
    expect(atMs).toBeLessThan(35_500);
    expect(state.isCancelled).toBe(true);
  });

  it("let one go on for as long as bytes come", async () => {
    const { transport } = host(Array(20).fill(29_000), { ends: true });
    expect(await download(transport)).toEqual({ bytes: 20, error: undefined, atMs: 580_000 });
  });

  it("have no total unless the caller gives one, which bytes do not put off", async () => {
    const { transport, state } = host(Array(20).fill(1_000), { ends: true });
    const { error, atMs } = await download(transport, { timeout: { totalMs: 5_000 } });
    expect(error).toMatchObject({ name: "TimeoutError", phase: "total", limitMs: 5_000 });
    expect(atMs).toBe(5_000);
    expect(state.isCancelled).toBe(true);
    await vi.runAllTimersAsync();
  });

  it("do not count the time that the reader takes", async () => {
    const { transport } = host([0, 0], { ends: true });
    const { body } = await openDownload(transport, "https://files.example/a.png", {});
    const reader = body.getReader();
    const first = reader.read();
    await vi.advanceTimersByTimeAsync(1);
    await first;
    await vi.advanceTimersByTimeAsync(3_600_000);
    const second = reader.read();
    await vi.advanceTimersByTimeAsync(1);
    expect((await second).value).toHaveLength(1);
    expect((await reader.read()).done).toBe(true);
  });

  it("call a body that ends too soon what it is", async () => {
    const { transport } = host([0], { ends: true, length: 10 });
    expect((await download(transport)).error).toMatchObject({ name: "ConnectionError" });
  });
});

describe("a caller's signal", () => {
  it("ends a download in the middle with its own reason, and keeps no listener", async () => {
    const { transport, state } = host([0, 1_000]);
    const controller = new AbortController();
    const reason = new Error("enough");
    setTimeout(() => controller.abort(reason), 2_000);
    const { error, atMs } = await download(transport, { signal: controller.signal });
    expect(error).toBe(reason);
    expect(atMs).toBe(2_000);
    expect(state.isCancelled).toBe(true);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });

  it("keeps no listener of a download that was read to its end, or cancelled", async () => {
    const { signal } = new AbortController();
    await download(host([0, 0], { ends: true }).transport, { signal });
    const { body } = await openDownload(host([0]).transport, "https://files.example/a.png", { signal });
    await body.cancel();
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});
