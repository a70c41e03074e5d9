import { expect, it, vi } from "vitest";
import { leveledLogger } from "../options/logger.ts";
import { Background, type BackgroundOptions } from "./background.ts";

function background(options: Partial<BackgroundOptions>) {
  const lines: string[] = [];
  const line =
    (level: string) =>
    (message: string): void =>
      void lines.push(`${level} ${message}`);
  const target = { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") };
  const logger = leveledLogger(target, "debug");
  return { lines, background: new Background({ outlivesResponses: true, waitUntil: undefined, logger, ...options }) };
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

it("leaves out what the end of the response would cut off, unless waitUntil holds it", async () => {
  const work = vi.fn(async () => undefined);
  const without = background({ outlivesResponses: false });
  without.background.run("a title", work)();
  await Promise.resolve();
  expect(work).not.toHaveBeenCalled();
  expect(without.lines).toEqual([expect.stringContaining("debug flowith a title: left out")]);
  const held: Promise<unknown>[] = [];
  const holding = background({ outlivesResponses: false, waitUntil: (promise) => void held.push(promise) });
  holding.background.run("a title", work);
  await Promise.all(held);
  expect([held.length, work.mock.calls.length]).toEqual([1, 1]);
});

it("begins after what its caller does at that moment, and warns of what it throws", async () => {
  const { background: there, lines } = background({});
  const order: string[] = [];
  there.run("a title", () => {
    order.push("work");
    throw new Error("no");
  });
  order.push("caller");
  await vi.waitFor(() => expect(lines).toEqual(["warn flowith a title: failed"]));
  expect(order).toEqual(["caller", "work"]);
});

it("ends one alone or all at once, without a warning", async () => {
  const { background: there, lines } = background({});
  const end = there.run("one", untilAborted);
  there.run("another", untilAborted);
  await Promise.resolve();
  end();
  await vi.waitFor(() => expect(lines).toEqual(["debug flowith one: failed"]));
  there.abortAll();
  await vi.waitFor(() => expect(lines).toEqual(["debug flowith one: failed", "debug flowith another: failed"]));
});
