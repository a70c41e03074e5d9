import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type SseMessage, sseResponse } from "./sse.ts";
import { Work } from "./work.ts";

const options = {
  headers: {},
  keepAliveMs: 60_000,
  work: new Work(),
  errorMessage: async (error: unknown) => ({ event: "error", data: JSON.stringify(String(error)) }),
};

async function* messages(...given: readonly (SseMessage | Error)[]): AsyncGenerator<SseMessage, undefined> {
  for (const message of given) {
    if (message instanceof Error) throw message;
    yield message;
  }
}

describe("a stream of messages", () => {
  it("is written as server-sent events", async () => {
    const response = await sseResponse(messages({ data: "1" }, { event: "end", data: "2" }), options);
    expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
    expect(await response.text()).toBe("data: 1\n\nevent: end\ndata: 2\n\n");
  });

  it("rejects where nothing has been sent, and else ends with the error", async () => {
    await expect(sseResponse(messages(new Error("no")), options)).rejects.toThrow("no");
    const response = await sseResponse(messages({ data: "1" }, new Error("no")), options);
    expect(await response.text()).toBe('data: 1\n\nevent: error\ndata: "Error: no"\n\n');
  });

  it("reads nothing ahead of its reader", async () => {
    const source = messages({ data: "1" }, { data: "2" }, { data: "3" });
    const next = vi.spyOn(source, "next");
    const reader = (await sseResponse(source, options)).body?.getReader();
    await reader?.read();
    expect(next).toHaveBeenCalledTimes(1);
    await reader?.read();
    expect(next).toHaveBeenCalledTimes(2);
  });

  it("sends comments while nothing comes, before the first message too", async () => {
    const silence = Promise.withResolvers<void>();
    async function* late(): AsyncGenerator<SseMessage, undefined> {
      await silence.promise;
      yield { data: "1" };
    }
    const reader = (await sseResponse(late(), { ...options, keepAliveMs: 1 })).body
      ?.pipeThrough(new TextDecoderStream())
      .getReader();
    expect(await reader?.read()).toEqual({ done: false, value: ": keep-alive\n\n" });
    silence.resolve();
    let rest = "";
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) rest += part.value;
    expect(rest.replaceAll(": keep-alive\n\n", "")).toBe("data: 1\n\n");
  });

  it("has one comment ready for a reader who does not read, and no more", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const silence = Promise.withResolvers<void>();
    async function* late(): AsyncGenerator<SseMessage, undefined> {
      yield { data: "1" };
      await silence.promise;
    }
    const { body } = await sseResponse(late(), { ...options, keepAliveMs: 10 });
    const reader = body?.getReader();
    const parts = [await reader?.read()];
    const second = reader?.read();
    await vi.advanceTimersByTimeAsync(100);
    parts.push(await second);
    silence.resolve();
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) parts.push(part);
    const texts = parts.map((part) => new TextDecoder().decode(part?.value));
    expect(texts).toEqual(["data: 1\n\n", ": keep-alive\n\n", ": keep-alive\n\n"]);
  });

  it.each(["end", "leave"])("leaves no timer behind by its %s", async (how) => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const response = await sseResponse(messages({ data: "1" }, { data: "2" }), { ...options, work: new Work() });
    const reader = response.body?.getReader();
    await reader?.read();
    expect(vi.getTimerCount()).toBe(1);
    if (how === "leave") await reader?.cancel();
    else while ((await reader?.read())?.done === false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("ends the work when its reader leaves", async () => {
    const work = new Work();
    const response = await sseResponse(messages({ data: "1" }, { data: "2" }), { ...options, work });
    await response.body?.cancel();
    expect(work.signal.aborted).toBe(true);
  });
});
