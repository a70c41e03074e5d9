import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { limitsOf } from "../options/limits.ts";
import { leveledLogger } from "../options/logger.ts";
import { repeatAfter } from "./repeat-after.ts";
import { repeatPlainly } from "./repeat-plainly.ts";
import type { Repeat } from "./repeat-rules.ts";
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
async function send(answers: (() => Response)[], wishes: Partial<HttpRequest> = {}, repeat: Repeat = repeatAfter) {
  let sent = 0;
  const transport = new Transport({
    repeat,
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
const lost = (): Response => {
  throw new TypeError("fetch failed");
};
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

it.each([
  ["ky", repeatAfter],
  ["a plain loop", repeatPlainly],
])("%s repeats by the same rules", async (_name, repeat) => {
  const billed = { repeat: "billed" } as const;
  const late = (): Response => new Response("{}", { status: 503, headers: { "retry-after": "15" } });
  expect(await send([refused(503), lost, ok], {}, repeat)).toEqual({ end: "[]", sent: 3 });
  expect(await send([], {}, repeat)).toMatchObject({ end: { name: "ServerError", status: 503 }, sent: 3 });
  expect((await send([refused(422), ok], {}, repeat)).sent).toBe(1);
  expect((await send([refused(429), ok], billed, repeat)).sent).toBe(2);
  expect((await send([lost, ok], billed, repeat)).sent).toBe(1);
  expect(await send([late, ok], {}, repeat)).toEqual({ end: "[]", sent: 2 });
  const { signal } = new AbortController();
  expect((await send([refused(503), ok], { signal, maxRetries: 0 }, repeat)).sent).toBe(1);
});

const ID = "0b6e7ac6-0a60-4b0b-8c0b-1f1f5f0e7b11";

/** What PostgREST says to a second row under an id. */
const conflict =
  (id: string, code = "23505") =>
  (): Response =>
    Response.json({ code, details: `Key (id)=(${id}) already exists.`, message: "duplicate key" }, { status: 409 });

describe("an insert under ids of ours", () => {
  const insert: Partial<HttpRequest> = { kind: "rows", method: "POST", repeat: "own-id", ownIds: [ID] };

  it.each([
    ["the answer was lost", lost],
    ["it was answered 503", refused(503)],
  ])("that is refused at a repeat since it had arrived is done, after %s", async (_why, first) => {
    expect(await send([first, conflict(ID)], insert)).toEqual({ end: "", sent: 2 });
    expect(await send([first, refused(502), conflict(ID)], insert)).toEqual({ end: "", sent: 3 });
    expect(await send([first, () => new Response(null, { status: 201 })], insert)).toEqual({ end: "", sent: 2 });
  });

  it("that is refused at its first attempt is a conflict, also after another call with the same body", async () => {
    for (let call = 0; call < 2; call++) {
      const { end, sent } = await send([conflict(ID)], insert);
      expect(end).toMatchObject({ name: "ConflictError", status: 409 });
      expect(sent).toBe(1);
    }
  });

  it.each([
    ["over another's id", conflict("1b6e7ac6-0a60-4b0b-8c0b-1f1f5f0e7b11")],
    ["over a row that it refers to", conflict(ID, "23503")],
  ])("that is refused %s is a conflict at a repeat too", async (_what, answer) => {
    expect((await send([lost, answer], insert)).end).toMatchObject({ name: "ConflictError" });
  });

  it("has no ids to go by under another policy", async () => {
    const { end } = await send([lost, conflict(ID)], { ...insert, repeat: "safe", ownIds: undefined });
    expect(end).toMatchObject({ name: "ConflictError" });
  });
});
