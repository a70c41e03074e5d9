import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { limitsOf } from "../options/limits.ts";
import { leveledLogger } from "../options/logger.ts";
import { PerRequest } from "../timing/per-request.ts";
import type { FetchLike, Middleware } from "./middleware.ts";
import { repeatAfter } from "./repeat-after.ts";
import type { HttpRequest } from "./request.ts";
import { RequestsInFlight } from "./requests-in-flight.ts";
import { Transport } from "./transport.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

interface Setting {
  most?: number;
  middleware?: Middleware[];
  /** Default: 200 after 100 ms. */
  answer?: (path: string, init: RequestInit | undefined) => Promise<Response>;
}

const after = (ms: number, response: () => Response): Promise<Response> =>
  new Promise((resolve) => setTimeout(() => resolve(response()), ms));

/** Only an abort ends it, as with `fetch`. */
const never = (init: RequestInit | undefined): Promise<never> =>
  new Promise((_, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)));

function setting({ most = 1, middleware = [], answer = () => after(100, () => new Response("[]")) }: Setting = {}) {
  const sent: string[] = [];
  let underWay = 0;
  let mostUnderWay = 0;
  const fetch: FetchLike = async (url, init) => {
    const path = new URL(String(url)).pathname.slice(1);
    sent.push(path);
    mostUnderWay = Math.max(mostUnderWay, ++underWay);
    try {
      return await answer(path, init);
    } finally {
      underWay--;
    }
  };
  const transport = new Transport({
    repeat: repeatAfter,
    fetch,
    middleware,
    headers: {},
    maxRetries: 2,
    places: new PerRequest(true, () => new RequestsInFlight(most)),
    logger: leveledLogger(undefined, "silent"),
  });
  const request = (path: string, wishes: Partial<HttpRequest> = {}): HttpRequest => ({
    kind: "edge",
    method: "GET",
    url: `https://edge.example/${path}`,
    repeat: "safe",
    limits: limitsOf("request"),
    ...wishes,
  });
  const text = (path: string, wishes?: Partial<HttpRequest>) => transport.text(request(path, wishes));
  const open = (path: string, wishes?: Partial<HttpRequest>) => transport.open(request(path, wishes));
  return { transport, text, open, sent, mostUnderWay: () => mostUnderWay };
}

/** How a piece of work has ended, as soon as it has. */
function watched(work: Promise<unknown>): { end: unknown } {
  const state: { end: unknown } = { end: undefined };
  work.then(
    () => Object.assign(state, { end: "done" }),
    (error: unknown) => Object.assign(state, { end: error }),
  );
  return state;
}

describe("requests in flight", () => {
  it("are as many as may be, and the limits of the others begin when they are sent", async () => {
    const { text, sent, mostUnderWay } = setting({ most: 32 });
    const limits = limitsOf("request", { connectMs: 150, totalMs: 200 });
    const work = Promise.all(Array.from({ length: 200 }, (_, index) => text(String(index), { limits })));
    const state = watched(work);
    await vi.advanceTimersByTimeAsync(700);
    expect(state.end).toBe("done");
    expect(mostUnderWay()).toBe(32);
    expect(sent).toEqual(Array.from({ length: 200 }, (_, index) => String(index)));
  });

  it("run into their own limits all the same once they are sent", async () => {
    const { text } = setting({
      answer: (path, init) => (path === "b" ? never(init) : after(100, () => new Response(""))),
    });
    const states = ["a", "b", "c"].map((path) =>
      watched(text(path, { limits: limitsOf("request", { connectMs: 50, totalMs: 0 }) })),
    );
    const slow = watched(text("b", { limits: limitsOf("request", { connectMs: 0, totalMs: 500 }) }));
    await vi.advanceTimersByTimeAsync(1_000);
    for (const { end } of states) expect(end).toMatchObject({ name: "TimeoutError", phase: "connect", limitMs: 50 });
    expect(slow.end).toMatchObject({ name: "TimeoutError", phase: "total", limitMs: 500 });
  });

  it("have no limit for headers while they wait, where that is the only one", async () => {
    const { open, sent } = setting();
    const limits = limitsOf("request", { connectMs: 150, totalMs: 0 });
    const work = ["a", "b", "c"].map((path) => open(path, { limits }).then(({ release }) => release()));
    await vi.advanceTimersByTimeAsync(300);
    await Promise.all(work);
    expect(sent).toEqual(["a", "b", "c"]);
  });

  it("give their place back at their limit, also where a fetch of the caller's knows no abort", async () => {
    const { text } = setting({
      answer: (path) => (path === "a" ? new Promise(() => undefined) : after(100, () => new Response(""))),
    });
    const [stuck, other] = ["a", "b"].map((path) => watched(text(path)));
    await vi.advanceTimersByTimeAsync(10_100);
    expect(stuck?.end).toMatchObject({ name: "TimeoutError", phase: "connect" });
    expect(other?.end).toBe("done");
  });

  it("let go of an answer that such a fetch gives too late, and tell nobody of it", async () => {
    const told: number[] = [];
    let isCancelled = false;
    const cancel = (): void => {
      isCancelled = true;
    };
    const { text } = setting({ answer: () => after(20_000, () => new Response(new ReadableStream({ cancel }))) });
    const state = watched(text("a", { onResponse: ({ status }) => told.push(status) }));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(state.end).toMatchObject({ name: "TimeoutError", phase: "connect" });
    await vi.advanceTimersByTimeAsync(10_000);
    expect({ told, isCancelled }).toEqual({ told: [], isCancelled: true });
  });

  it("give their place back when the body is read, and at the headers where the caller reads it", async () => {
    let finish = (): void => undefined;
    const body = (): ReadableStream<Uint8Array> =>
      new ReadableStream({
        start(controller) {
          finish = () => controller.close();
        },
      });
    const { text, open, sent } = setting({ answer: async () => new Response(body()) });
    const first = text("a");
    await vi.advanceTimersByTimeAsync(10);
    const opened = open("b");
    await vi.advanceTimersByTimeAsync(10);
    expect(sent).toEqual(["a"]);
    finish();
    await first;
    const { release, response } = await opened;
    const last = text("c");
    await vi.advanceTimersByTimeAsync(10);
    expect(sent).toEqual(["a", "b", "c"]);
    finish();
    await last;
    release();
    await response.body?.cancel();
  });

  it("give it back while they wait to be repeated", async () => {
    let count = 0;
    const { text, sent } = setting({
      answer: async (path) => new Response("[]", { status: path === "a" && count++ === 0 ? 503 : 200 }),
    });
    const first = text("a");
    await vi.advanceTimersByTimeAsync(10);
    await text("b");
    await vi.advanceTimersByTimeAsync(1_000);
    await first;
    expect(sent).toEqual(["a", "b", "a"]);
  });

  it("leave the queue when they are aborted, and let go of their signal", async () => {
    const { text, sent } = setting();
    const controller = new AbortController();
    const first = text("a");
    const states = ["b", "c"].map((path) => watched(text(path, { signal: controller.signal })));
    const last = text("d");
    await vi.advanceTimersByTimeAsync(10);
    const reason = new Error("enough");
    controller.abort(reason);
    await vi.advanceTimersByTimeAsync(0);
    expect(states.map(({ end }) => end)).toEqual([reason, reason]);
    await vi.advanceTimersByTimeAsync(300);
    await Promise.all([first, last]);
    expect(sent).toEqual(["a", "d"]);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });

  it("all end with the client", async () => {
    const { transport, text, sent } = setting({ answer: (_, init) => never(init) });
    const states = ["a", "b"].map((path) => watched(text(path)));
    await vi.advanceTimersByTimeAsync(10);
    const reason = new Error("closed");
    transport.abortAll(reason);
    await vi.advanceTimersByTimeAsync(0);
    expect(states.map(({ end }) => end)).toEqual([reason, reason]);
    expect(sent).toEqual(["a"]);
  });

  it.each([{ kind: "upload" }, { kind: "download" }, { kind: "events" }, { kind: "auth", isUncounted: true }] as const)(
    "do not count what must not wait: %o",
    async (wishes) => {
      const { text, sent } = setting();
      const work = [text("a"), text("b"), text("c", wishes)];
      await vi.advanceTimersByTimeAsync(10);
      expect(sent).toEqual(["a", "c"]);
      await vi.advanceTimersByTimeAsync(300);
      await Promise.all(work);
    },
  );

  it("are in the queue within a job's limit, since that is no plain request's", async () => {
    const { text, open, sent } = setting({ answer: () => after(5_000, () => new Response("")) });
    const first = text("a");
    const direct = watched(open("b", { limits: limitsOf("request", { connectMs: 10, totalMs: 1_000 }) }));
    await vi.advanceTimersByTimeAsync(6_000);
    await first;
    expect(direct.end).toMatchObject({ name: "TimeoutError", phase: "total", limitMs: 1_000 });
    expect(sent).toEqual(["a"]);
  });
});

describe("a middleware", () => {
  it("may call the client itself, before and after it passes a request on", async () => {
    const { text, sent } = setting({
      middleware: [
        async (request, next) => {
          if (!request.url.endsWith("/outer")) return next(request);
          await text("before");
          const response = await next(request);
          await text("after");
          return response;
        },
      ],
    });
    const state = watched(Promise.all([text("outer"), text("outer")]));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(state.end).toBe("done");
    expect(sent.toSorted()).toEqual(["after", "after", "before", "before", "outer", "outer"]);
  });

  it("that never returns ends at the limit, and keeps no place", async () => {
    const { text } = setting({
      middleware: [
        async (request, next) => {
          const response = await next(request);
          return request.url.endsWith("/a") ? new Promise<never>(() => undefined) : response;
        },
      ],
    });
    const [stuck, other] = [watched(text("a")), watched(text("b"))];
    await vi.advanceTimersByTimeAsync(300);
    expect(other.end).toBe("done");
    await vi.advanceTimersByTimeAsync(30_000);
    expect(stuck.end).toMatchObject({ name: "TimeoutError", phase: "total" });
  });

  it.each([
    ["request", { connectMs: 1_000, totalMs: 0 }, "connect"],
    ["request", { connectMs: 1_000, totalMs: 2_000 }, "total"],
  ] as const)("that passes nothing on ends at a limit that there is: %s %o", async (kind, timeout, phase) => {
    const { text } = setting({ middleware: [() => new Promise<never>(() => undefined)] });
    const state = watched(text("a", { limits: limitsOf(kind, timeout) }));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(state.end).toMatchObject({ name: "TimeoutError", phase });
  });

  it("that repeats a request by itself, or sends it twice at once, waits for no place of its own and loses none", async () => {
    const { text, sent } = setting({
      middleware: [
        async (request, next) => {
          if (request.url.endsWith("/again")) await next(request);
          if (request.url.endsWith("/twice")) return Promise.race([next(request), next(request)]);
          return next(request);
        },
      ],
    });
    const state = watched(Promise.all([text("again"), text("twice"), text("twice")]));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(state.end).toBe("done");
    const last = watched(text("last"));
    await vi.advanceTimersByTimeAsync(100);
    expect([last.end, sent.at(-1)]).toEqual(["done", "last"]);
  });

  it("that sends a request once more, whose turn comes when it has answered already, keeps no place for it", async () => {
    const { text, sent } = setting({
      middleware: [
        async (request, next) => {
          if (!request.url.endsWith("/late")) return next(request);
          return Promise.race([next(request), after(50, () => new Response()).then(() => next(request))]);
        },
      ],
    });
    const late = watched(text("late"));
    await vi.advanceTimersByTimeAsync(10);
    const other = watched(text("other"));
    await vi.advanceTimersByTimeAsync(100);
    expect([late.end, other.end]).toEqual(["done", undefined]);
    await vi.advanceTimersByTimeAsync(100);
    const last = watched(text("last"));
    await vi.advanceTimersByTimeAsync(100);
    expect([other.end, last.end, sent[1]]).toEqual(["done", "done", "other"]);
  });
});
