import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import type { WaitListener } from "../../jobs/job-wait-options.ts";
import { deferred } from "../../timing/deferred.ts";
import { TextReader, type TextResult } from "./text-reader.ts";
import { type TextRun, TextStream, type TextStreamOptions } from "./text-stream.ts";

const RESULT: TextResult = { text: "Yes", reasoning: "", reasoningSummary: undefined, model: "m", raw: {} };

function run(listener: WaitListener<TextResult>): TextRun {
  const wait = { nodeId: "n", convId: "c", isSettled: false, fail: (error: unknown) => listener.onFailed(error) };
  return { reader: new TextReader(true), wait, taken: deferred<void>().promise };
}

function stream(options: Partial<TextStreamOptions>): TextStream {
  return new TextStream({ model: "m", signal: undefined, start: run, ...options });
}

describe("TextStream", () => {
  it("rejects its output with what a start throws, and leaves nothing on the caller's signal", async () => {
    const { signal } = new AbortController();
    const error = new Error("no start");
    const ready = async (): Promise<void> => undefined;
    const start = (): never => {
      throw error;
    };
    await expect(stream({ signal, start }).output).rejects.toBe(error);
    await expect(stream({ signal, start, ready }).output).rejects.toBe(error);
    await expect(stream({ signal, start })[Symbol.asyncIterator]().next()).rejects.toBe(error);
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it("begins nothing once it was cancelled", async () => {
    const started: string[] = [];
    const start: TextStreamOptions["start"] = (listener) => {
      started.push("job");
      return run(listener);
    };
    const cancelled = stream({ start });
    cancelled.cancel();
    await expect(cancelled.output).rejects.toMatchObject({ name: "AbortError" });
    const waiting = stream({
      start,
      ready: (signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    });
    const { output } = waiting;
    waiting.cancel();
    await expect(output).rejects.toMatchObject({ name: "AbortError" });
    expect(started).toEqual([]);
  });

  it("tells of its end before the caller learns of it", async () => {
    const told: string[] = [];
    const job = stream({ onEnd: (end) => told.push(`end ${end?.text}`) });
    const read = job.output.then(({ text }) => told.push(`caller ${text}`));
    job.onDone(RESULT);
    await read;
    expect(told).toEqual(["end Yes", "caller Yes"]);
  });
});
