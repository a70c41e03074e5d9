import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { limitsOf } from "../options/limits.ts";
import { leveledLogger } from "../options/logger.ts";
import type { HttpRequest } from "./request.ts";
import { Transport } from "./transport.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const URL_OF_ALL = "https://edge.example/user/credits";

/** Sends one request, with these answers one after another. @returns how it ended and how often it was sent */
async function send(answers: (() => Response)[], wishes: Partial<HttpRequest> = {}) {
  let sent = 0;
  const transport = new Transport({
    fetch: async () => answers[sent++]?.() ?? new Response("", { status: 503 }),
    middleware: [],
    headers: {},
    maxRetries: 2,
    logger: leveledLogger(undefined, "silent"),
  });
  const end = transport
    .text({ kind: "edge", method: "GET", url: URL_OF_ALL, repeat: "safe", limits: limitsOf("request"), ...wishes })
    .then(
      ({ text }) => text,
      (error: unknown) => error,
    );
  await vi.advanceTimersByTimeAsync(20_000);
  return { end: await end, sent };
}

const ok = (): Response => new Response("[]");
const refused = (status: number) => (): Response => new Response("{}", { status });

describe("a request", () => {
  it("that succeeds at once makes no Request on the way, nor does one that is not repeated", async () => {
    const made = vi.fn();
    vi.stubGlobal(
      "Request",
      class extends Request {
        constructor(input: RequestInfo | URL, init?: RequestInit) {
          super(input, init);
          if (input === URL_OF_ALL) made();
        }
      },
    );
    expect(await send([ok])).toEqual({ end: "[]", sent: 1 });
    expect((await send([refused(503)], { repeat: "never" })).sent).toBe(1);
    expect((await send([refused(422), ok])).sent).toBe(1);
    expect(made).not.toHaveBeenCalled();
    expect(await send([refused(503), ok])).toEqual({ end: "[]", sent: 2 });
    expect(made).toHaveBeenCalled();
  });

  it("is sent once more for each repeat that it has, and ends with the last refusal", async () => {
    const { end, sent } = await send([], { maxRetries: 3 });
    expect(end).toMatchObject({ name: "ServerError", status: 503 });
    expect(sent).toBe(4);
    expect((await send([], { maxRetries: 0 })).sent).toBe(1);
  });

  it("that was aborted before it began is not sent, though fetch looks at no signal", async () => {
    const reason = new Error("enough");
    expect(await send([ok], { signal: AbortSignal.abort(reason) })).toEqual({ end: reason, sent: 0 });
  });

  it("that costs credits is repeated after a 429, and after nothing that may have had an effect", async () => {
    expect((await send([refused(429), ok], { repeat: "billed" })).sent).toBe(2);
    expect((await send([refused(503), ok], { repeat: "billed" })).sent).toBe(1);
  });
});
