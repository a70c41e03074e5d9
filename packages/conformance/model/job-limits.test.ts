import { Flowith, type GenerationOutput, type TimeoutOptions } from "flowith-webapi";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { advance, settle, useFakeTime } from "./fake-time.ts";
import type { JobScript } from "./job-script.ts";
import { accessToken } from "./service/access-token.ts";
import { Link } from "./service/link.ts";
import { ScriptedService } from "./service/scripted-service.ts";
import type { RequestWeather, Route } from "./weather.ts";

const LONG_MS = 10 ** 8;
/** "Close" as vitest counts it: within 5 ms, since a wait of 0 is one of 1 to timers. */
const TO_MS = -1;
const SILENCE: RequestWeather = { kind: "silence", effectAfterMs: undefined };

beforeEach(() => useFakeTime());
afterEach(() => vi.useRealTimers());

interface Setting extends Partial<JobScript> {
  timeout?: TimeoutOptions;
  /** What befalls requests, the first of a route first. */
  weather?: [Route, RequestWeather][];
  losesEvents?: boolean;
}

interface End {
  output?: GenerationOutput;
  error?: unknown;
  /** ms from the call to its end, and to each of its questions for the row. */
  atMs: number;
  looksAtMs: number[];
}

/** Runs one job to its end, in time that passes at once. */
async function run({ timeout, weather = [], losesEvents = false, ...script }: Setting): Promise<End> {
  const service = new ScriptedService();
  service.scripts.set("prompt", { ...PLAIN, ...script });
  const link = new Link(service, 0);
  for (const [route, one] of weather) link.armRequest(route, one);
  for (let count = 0; losesEvents && count < 20; count++) link.armEvent({ kind: "lose" });
  const flowith = new Flowith({
    token: accessToken(),
    edgeUrl: "https://edge.example",
    fetch: link.fetch,
    events: { lingerMs: 0 },
  });
  const startedAtMs = Date.now();
  const end: End = { atMs: Number.NaN, looksAtMs: [] };
  flowith
    .generate("prompt", { timeout })
    .then(
      (output) => {
        end.output = output;
      },
      (error: unknown) => {
        end.error = error;
      },
    )
    .finally(() => {
      end.atMs = Date.now() - startedAtMs;
    });
  for (let count = 0; count < 800 && Number.isNaN(end.atMs); count++) await advance(1_000);
  service.stop();
  await settle();
  expect(link.pending.size).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
  const looks = link.requests.filter(({ route }) => route === "rows");
  return { ...end, looksAtMs: looks.map(({ atMs }) => atMs - startedAtMs) };
}

const PLAIN: JobScript = {
  pieces: ["One ", "two."],
  firstMs: 0,
  paceMs: 0,
  ending: { kind: "complete", final: undefined },
  reasoning: "",
  row: { isSettled: true, lateMs: 0, isString: false },
  isWrapped: true,
  idField: "nodeId",
};

describe("the limits of a text job", () => {
  it("end it 60 s after the post where nothing comes, with a last look 2 s before", async () => {
    const { error, atMs, looksAtMs } = await run({ firstMs: LONG_MS });
    expect(error).toMatchObject({ name: "TimeoutError", phase: "first-event", limitMs: 60_000, partial: "" });
    expect(error).toHaveProperty("handle.kind", "text");
    expect(atMs).toBe(60_000);
    expect(looksAtMs.at(-1)).toBeCloseTo(58_000, TO_MS);
  });

  it("end it 120 s after its last event, with the text so far", async () => {
    const { error, atMs } = await run({ firstMs: 40_000, paceMs: LONG_MS });
    expect(error).toMatchObject({ name: "TimeoutError", phase: "idle", limitMs: 120_000, partial: "One " });
    expect(atMs).toBe(160_000);
  });

  it("end it after 600 s although events keep coming", async () => {
    const { error, atMs, looksAtMs } = await run({ pieces: Array(100).fill("drip "), paceMs: 30_000 });
    expect(error).toMatchObject({ name: "TimeoutError", phase: "total", limitMs: 600_000 });
    expect(atMs).toBe(600_000);
    expect(looksAtMs.at(-1)).toBeCloseTo(598_000, TO_MS);
  });

  it("are the caller's where they are given, and off at 0", async () => {
    const timeout = { firstEventMs: 3_000 };
    const { error, atMs, looksAtMs } = await run({ firstMs: LONG_MS, timeout });
    expect(error).toMatchObject({ phase: "first-event", limitMs: 3_000 });
    // Of so short a limit, the last look takes the second half.
    expect({ atMs, looksAtMs }).toEqual({ atMs: 3_000, looksAtMs: [expect.closeTo(1_500, TO_MS)] });
    const patient = { firstEventMs: 0, idleMs: 0, totalMs: 0 };
    expect(await run({ firstMs: 700_000, timeout: patient })).toMatchObject({ output: { text: "One two." } });
  });
});

describe("the last look", () => {
  it("finds a result that the stream lost just before the limit", async () => {
    const { output, atMs } = await run({ pieces: ["late"], firstMs: 0, paceMs: 57_000, losesEvents: true });
    expect(output?.text).toBe("late");
    expect(atMs).toBeCloseTo(58_000, TO_MS);
  });

  it("ends with the limit where the row does not answer", async () => {
    const rows: [Route, RequestWeather] = ["rows", { kind: "slow", ms: 1_000 }];
    const quiet = Array.from({ length: 9 }, () => rows);
    const { error, atMs } = await run({ firstMs: LONG_MS, weather: [...quiet, ["rows", SILENCE], ["rows", SILENCE]] });
    expect(error).toMatchObject({ name: "TimeoutError", phase: "first-event" });
    expect(atMs).toBe(60_000);
  });

  it("is made although an earlier question still hangs", async () => {
    const timeout = { firstEventMs: 12_000 };
    const { output, atMs } = await run({
      pieces: ["late"],
      paceMs: 9_000,
      losesEvents: true,
      timeout,
      weather: [["rows", SILENCE]],
    });
    expect(output?.text).toBe("late");
    expect(atMs).toBeCloseTo(10_000, TO_MS);
  });
});

describe("the requests of a job", () => {
  it.each<Route>(["conversation", "insert", "post"])("end with the job's limit: %s", async (route) => {
    const { error, atMs } = await run({ weather: [[route, SILENCE]], timeout: { totalMs: 5_000 } });
    expect(error).toMatchObject({ name: "TimeoutError", phase: "total", limitMs: 5_000 });
    expect(atMs).toBe(5_000);
  });

  it.each<Route>(["conversation", "insert"])("have a limit of their own for headers: %s", async (route) => {
    const { error, atMs } = await run({ weather: [[route, SILENCE]] });
    expect(error).toMatchObject({ name: "TimeoutError", phase: "connect", limitMs: 10_000 });
    expect(atMs).toBe(10_000);
  });

  it("do not wait for an event stream that does not open", async () => {
    const { output, atMs, looksAtMs } = await run({ weather: [["stream", SILENCE]] });
    expect(output?.text).toBe("One two.");
    expect(atMs).toBeLessThan(3_000 + 6_000);
    expect(looksAtMs.length).toBeGreaterThan(0);
  });
});
