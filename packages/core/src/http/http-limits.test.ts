import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { limitsOf } from "../options/limits.ts";
import { leveledLogger } from "../options/logger.ts";
import type { TimeoutOptions } from "../options/options.ts";
import { AuthorizedClient } from "./authorized-client.ts";
import type { FetchLike } from "./middleware.ts";
import { repeatAfter } from "./repeat-after.ts";
import { Transport } from "./transport.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"] });
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

type Answer = (signal: AbortSignal | undefined) => Promise<Response>;

/** Never: only an abort ends it, as with `fetch`. */
const silence: Answer = (signal) =>
  new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason), { once: true }));

const after =
  (ms: number, response: () => Response): Answer =>
  async (signal) => {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener("abort", () => {
        clearTimeout(timer);
        reject(signal.reason);
      });
    });
    return response();
  };

const refusal = (status: number, retryAfter?: string): Answer =>
  after(
    0,
    () => new Response("{}", { status, headers: retryAfter === undefined ? {} : { "retry-after": retryAfter } }),
  );

/** Half a body, and then nothing. */
const stalled =
  (status = 200): Answer =>
  async (signal) => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"half":'));
        signal?.addEventListener("abort", () => controller.error(signal.reason));
      },
    });
    return new Response(body, { status });
  };

const ok = after(0, () => new Response("[]"));

/** Asks once, with these answers one after another, and tells how it ended and when. */
async function ask(answers: Answer[], timeout: TimeoutOptions = {}, token = Promise.resolve("token")) {
  const startedAtMs = Date.now();
  const askedAtMs: number[] = [];
  const fetch: FetchLike = (_url, init) => {
    askedAtMs.push(Date.now() - startedAtMs);
    return (answers[askedAtMs.length - 1] ?? silence)(init?.signal ?? undefined);
  };
  const transport = new Transport({
    repeat: repeatAfter,
    fetch,
    middleware: [],
    headers: {},
    maxRetries: 2,
    logger: leveledLogger(undefined, "silent"),
  });
  const work = new AuthorizedClient(transport, { accessToken: () => token, renew: async () => undefined }, "bare")
    .text({
      kind: "edge",
      method: "GET",
      url: "https://edge.example/user/credits",
      repeat: "safe",
      limits: limitsOf("request", timeout),
    })
    .then(
      ({ text }) => ({ text, atMs: Date.now() - startedAtMs, askedAtMs }),
      (error: unknown) => ({ error, atMs: Date.now() - startedAtMs, askedAtMs }),
    );
  await vi.advanceTimersByTimeAsync(200_000);
  return work;
}

describe("the limits of a plain request", () => {
  it("ends after 10 s without response headers", async () => {
    const { error, atMs } = await failed(ask([silence]));
    expect(error).toMatchObject({ name: "TimeoutError", phase: "connect", limitMs: 10_000 });
    expect(atMs).toBe(10_000);
  });

  it("ends after 30 s where the body stalls in the middle", async () => {
    const { error, atMs } = await failed(ask([stalled()]));
    expect(error).toMatchObject({ name: "TimeoutError", phase: "total", limitMs: 30_000 });
    expect(atMs).toBe(30_000);
  });

  it("does not wait longer for the body of a refusal than for headers", async () => {
    const { error, atMs } = await failed(ask([stalled(422)]));
    expect(error).toMatchObject({ name: "TimeoutError" });
    expect(atMs).toBe(10_000);
  });

  it("counts all attempts and the waits between them", async () => {
    const slow = after(9_000, () => new Response("", { status: 503 }));
    const { error, atMs, askedAtMs } = await failed(ask([slow, slow, slow], { totalMs: 20_000 }));
    expect(error).toMatchObject({ name: "TimeoutError", phase: "total" });
    expect(atMs).toBe(20_000);
    expect(askedAtMs.length).toBeGreaterThan(1);
  });

  it("counts the wait for a token", async () => {
    const { error, atMs, askedAtMs } = await failed(ask([], {}, new Promise<string>(() => undefined)));
    expect(error).toMatchObject({ name: "TimeoutError", phase: "total" });
    expect({ atMs, askedAtMs }).toEqual({ atMs: 30_000, askedAtMs: [] });
  });

  it("has none where they are 0", async () => {
    const late = after(100_000, () => new Response("late"));
    expect(await ask([late], { connectMs: 0, totalMs: 0 })).toMatchObject({ text: "late", atMs: 100_000 });
  });
});

describe("Retry-After", () => {
  it("is waited for where it lies within the limit, in seconds or as a date", async () => {
    expect(await ask([refusal(429, "5"), ok])).toMatchObject({ text: "[]", askedAtMs: [0, 5_000] });
    const date = new Date(Math.ceil(Date.now() / 1000) * 1000 + 7_000);
    const leftMs = date.getTime() - Date.now();
    expect(await ask([refusal(503, date.toUTCString()), ok])).toMatchObject({ text: "[]", askedAtMs: [0, leftMs] });
  });

  it("is no reason to wait where it lies beyond the limit: the refusal is thrown at once", async () => {
    const { error, atMs } = await failed(ask([refusal(429, "31"), ok]));
    expect(error).toMatchObject({ name: "RateLimitError", retryAfterMs: 31_000 });
    expect(atMs).toBe(0);
  });

  it("is no reason to wait for more than a minute, also where there is no limit", async () => {
    const { error, atMs } = await failed(ask([refusal(503, "61"), ok], { totalMs: 0 }));
    expect(error).toMatchObject({ name: "ServerError", status: 503 });
    expect(atMs).toBe(0);
    expect(await ask([refusal(503, "60"), ok], { totalMs: 0 })).toMatchObject({ askedAtMs: [0, 60_000] });
  });

  it.each(["0", "Thu, 01 Jan 1970 00:00:00 GMT"])("of %s makes no wait shorter than the back-off", async (value) => {
    const { askedAtMs } = await ask([refusal(429, value), refusal(429, value), ok]);
    const [first = 0, second = 0, third = 0] = askedAtMs;
    expect(second - first).toBeGreaterThanOrEqual(225);
    expect(third - second).toBeGreaterThanOrEqual(450);
  });

  it("puts the limit off for nobody: what is left after it is all that the next attempt has", async () => {
    const { error, atMs, askedAtMs } = await failed(ask([refusal(429, "28"), silence]));
    expect(error).toMatchObject({ name: "TimeoutError", phase: "total" });
    expect({ atMs, askedAtMs }).toEqual({ atMs: 30_000, askedAtMs: [0, 28_000] });
  });
});

async function failed(work: ReturnType<typeof ask>): Promise<{ error: unknown; atMs: number; askedAtMs: number[] }> {
  const end = await work;
  if ("error" in end) return end;
  throw new Error(`it succeeded with ${end.text}`);
}
