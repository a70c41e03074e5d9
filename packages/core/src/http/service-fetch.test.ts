import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TimeoutError } from "../errors/timeout-error.ts";
import { AuthorizedClient } from "./authorized-client.ts";
import type { FetchLike } from "./middleware.ts";
import { repeatAfter } from "./repeat-after.ts";
import { serviceFetch } from "./service-fetch.ts";
import { Transport } from "./transport.ts";

const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
const addresses = { edgeUrl: "https://edge.test", supabaseUrl: "https://rows.test", supabaseKey: "key" };
const tokens = { accessToken: async () => "token", renew: async () => undefined };
const URL_OF_ROWS = "https://rows.test/rest/v1/a";

function fetchOver(fetch: FetchLike) {
  const transport = new Transport({ repeat: repeatAfter, fetch, middleware: [], headers: {}, maxRetries: 0, logger });
  return { transport, fetch: serviceFetch(new AuthorizedClient(transport, tokens, "bare"), addresses) };
}

/** A body whose parts come when they are asked to. */
function slowBody() {
  let part = (_text: string): void => undefined;
  let isCancelled = false;
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      part = (text) => controller.enqueue(new TextEncoder().encode(text));
    },
    cancel() {
      isCancelled = true;
    },
  });
  return { stream, part: (text: string) => part(text), isCancelled: () => isCancelled };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("flowith.fetch", () => {
  it("waits 10 s for the headers", async () => {
    const { fetch } = fetchOver(
      (_, init) =>
        new Promise((_resolve, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason))),
    );
    const outcome = expect(fetch(URL_OF_ROWS)).rejects.toSatisfy(
      (error) => TimeoutError.is(error) && error.phase === "connect" && error.limitMs === 10_000,
    );
    await vi.advanceTimersByTimeAsync(10_000);
    await outcome;
  });

  it.each([200, 503])("waits as long as its caller for the body of a %d", async (status) => {
    const { stream, part } = slowBody();
    const { fetch } = fetchOver(async () => new Response(stream, { status }));
    const response = await fetch(URL_OF_ROWS);
    expect(response.status).toBe(status);
    const reader = response.body?.getReader();
    const first = reader?.read();
    await vi.advanceTimersByTimeAsync(3_600_000);
    part("late");
    expect(await first).toEqual({ done: false, value: new TextEncoder().encode("late") });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("lets go of a refusal that is followed by another attempt", async () => {
    const refused = slowBody();
    const answers = [new Response(refused.stream, { status: 401 }), new Response("there")];
    const renewing = { ...tokens, renew: async () => "another" };
    const transport = new Transport({
      repeat: repeatAfter,
      fetch: async () => answers.shift() ?? Response.error(),
      middleware: [],
      headers: {},
      maxRetries: 0,
      logger,
    });
    const fetch = serviceFetch(new AuthorizedClient(transport, renewing, "bare"), addresses);
    expect(await (await fetch(URL_OF_ROWS)).text()).toBe("there");
    expect(refused.isCancelled()).toBe(true);
  });

  it("ends the body with the client", async () => {
    const { stream, isCancelled } = slowBody();
    const { fetch, transport } = fetchOver(async () => new Response(stream));
    const response = await fetch(URL_OF_ROWS);
    const outcome = expect(response.text()).rejects.toThrow("closed");
    transport.abortAll(new Error("closed"));
    await outcome;
    expect(isCancelled()).toBe(true);
  });

  it("leaves nothing on its caller's signal once the body is read, or where there is none", async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    vi.spyOn(signal, "addEventListener").mockImplementation((...args) => {
      listeners++;
      add(...args);
    });
    vi.spyOn(signal, "removeEventListener").mockImplementation((...args) => {
      listeners--;
      remove(...args);
    });
    const bodies = ["text", null];
    const { fetch } = fetchOver(async () => new Response(bodies.shift() ?? null));
    expect(await (await fetch(URL_OF_ROWS, { signal })).text()).toBe("text");
    expect((await fetch(URL_OF_ROWS, { signal })).body).toBeNull();
    expect(listeners).toBe(0);
  });
});
