import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import type { TimeoutOptions } from "../options/options.ts";
import type { EventTap } from "./event-connection.ts";
import { EventFeed } from "./event-feed.ts";

interface Source {
  feed: EventFeed<number>;
  tap(): EventTap;
  isListening(): boolean;
  send(...numbers: number[]): void;
}

function source(options: { signal?: AbortSignal; timeout?: TimeoutOptions } = {}): Source {
  let tap: EventTap | undefined;
  const listening = (): EventTap => {
    if (tap === undefined) throw new Error("nobody listens");
    return tap;
  };
  const feed = new EventFeed<number>({
    label: "events.stream",
    listen: (listener) => {
      tap = listener;
      return () => {
        tap = undefined;
      };
    },
    read: ({ number }) => (typeof number === "number" ? number : undefined),
    signal: options.signal,
    timeout: options.timeout,
  });
  return {
    feed,
    tap: listening,
    isListening: () => tap !== undefined,
    send: (...numbers) => {
      for (const number of numbers) listening().onValue({ number });
    },
  };
}

describe("a reading of an event connection", () => {
  it("listens from the first next() on, and gives what comes in order, also to readers that wait already", async () => {
    const { feed, send, isListening } = source();
    expect(isListening()).toBe(false);
    const [first, second] = [feed.next(), feed.next()];
    send(1, 2, 3);
    expect(await Promise.all([first, second, feed.next()])).toEqual([1, 2, 3].map((value) => ({ done: false, value })));
  });

  it("leaves out what is not to be read", async () => {
    const { feed, tap, send } = source();
    const next = feed.next();
    tap().onValue({ heartbeat: 1 });
    send(1);
    expect(await next).toEqual({ done: false, value: 1 });
  });

  it("ends quietly by return(), for a reader that waits as well, and stays ended", async () => {
    const { feed, isListening } = source();
    const waiting = feed.next();
    await feed.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(isListening()).toBe(false);
    expect(await feed.next()).toEqual({ done: true, value: undefined });
  });

  it("does not begin after return()", async () => {
    const { feed, isListening } = source();
    await feed.return();
    expect(await feed.next()).toEqual({ done: true, value: undefined });
    expect(isListening()).toBe(false);
  });

  it("gives what had come before it throws, once, what ended it", async () => {
    const { feed, tap, send, isListening } = source();
    const first = feed.next();
    send(1, 2);
    tap().onEnd(new Error("refused"));
    expect(isListening()).toBe(false);
    expect(await first).toEqual({ done: false, value: 1 });
    expect(await feed.next()).toEqual({ done: false, value: 2 });
    await expect(feed.next()).rejects.toThrow("refused");
    expect(await feed.next()).toEqual({ done: true, value: undefined });
  });

  it("keeps 10,000 events for a slow consumer and then says that more would be lost", async () => {
    const { feed, send, isListening } = source();
    const first = feed.next();
    send(...Array.from({ length: 10_002 }, (_, index) => index));
    expect(isListening()).toBe(false);
    expect(await first).toEqual({ done: false, value: 0 });
    for (let value = 1; value <= 10_000; value++) expect(await feed.next()).toEqual({ done: false, value });
    await expect(feed.next()).rejects.toMatchObject({ name: "FlowithError", code: "events_overflow" });
  });

  it("throws the signal's reason, and removes its listener from the signal", async () => {
    const controller = new AbortController();
    const { feed, isListening } = source({ signal: controller.signal });
    const next = feed.next();
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(next).rejects.toBe(reason);
    expect(isListening()).toBe(false);
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
    const late = source({ signal: controller.signal });
    await expect(late.feed.next()).rejects.toBe(reason);
    expect(late.isListening()).toBe(false);
  });

  it("ends by the limits that the caller sets", async () => {
    const { feed, send } = source({ timeout: { firstEventMs: 60_000, idleMs: 30 } });
    const first = feed.next();
    send(1);
    expect(await first).toEqual({ done: false, value: 1 });
    await expect(feed.next()).rejects.toMatchObject({ name: "TimeoutError", phase: "idle", limitMs: 30 });
  });
});
