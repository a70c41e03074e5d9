import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { JobFailedError } from "../../errors/job-failed-error.ts";
import { generationResponse } from "./generation-response.ts";
import type { GenerationChunk } from "./text-output.ts";

const CHUNK: GenerationChunk = {
  text: "a",
  textDelta: "a",
  reasoning: "",
  reasoningDelta: "",
  nodeId: "n",
  convId: "c",
  model: "m",
  isFinal: false,
  isRevised: false,
};
const never = new Promise<void>(() => undefined);

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] }));

afterEach(() => void vi.useRealTimers());

/** Chunks that come when the test says so. */
function source() {
  let give: ReadableStreamDefaultController<GenerationChunk> | undefined;
  const cancel = vi.fn();
  const start = (controller: ReadableStreamDefaultController<GenerationChunk>): void => {
    give = controller;
  };
  const chunks = new ReadableStream<GenerationChunk>({ start, cancel });
  if (give === undefined) throw new Error("a stream starts at once");
  return { chunks, give, cancel };
}

function linesOf(response: Response): ReadableStreamDefaultReader<string> {
  return (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream() as never).getReader() as never;
}

it("is there after 5 s of silence, and a failure from then on is an event", async () => {
  const { chunks, give } = source();
  const asked = generationResponse(chunks, never);
  const isThere = vi.fn();
  void asked.then(isThere);
  await vi.advanceTimersByTimeAsync(4_999);
  expect(isThere).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(isThere).toHaveBeenCalled();
  give.error(new JobFailedError("no", { reason: "provider_error", partial: "so" }));
  const text = (await asked).text();
  expect(await text).toMatch(/^: \n\ndata: \{"error":\{"name":"JobFailedError",.*"partial":"so"\}\}\n\n$/);
  expect(vi.getTimerCount()).toBe(0);
});

it("says a comment at once and every 5 s while its reader waits, and ends its timer with its body", async () => {
  const { chunks, give, cancel } = source();
  const response = await generationResponse(chunks, Promise.resolve());
  const reader = linesOf(response);
  expect(await reader.read()).toMatchObject({ value: ": \n\n" });
  const told: unknown[] = [];
  const next = async (): Promise<void> => void told.push((await reader.read()).value);
  for (let time = 1; time <= 3; time++) {
    const waiting = next();
    await vi.advanceTimersByTimeAsync(5_000);
    await waiting;
    expect(told).toEqual(Array(time).fill(": \n\n"));
  }
  give.enqueue(CHUNK);
  await next();
  expect(told.at(-1)).toMatch(/^data: \{"textDelta":"a","nodeId":"n"/);
  await reader.cancel();
  expect(cancel).toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(vi.getTimerCount()).toBe(0);
});

it("collects no comments for a reader that has stopped", async () => {
  const { chunks, give } = source();
  const response = await generationResponse(chunks, Promise.resolve());
  const body = response.body?.getReader();
  await body?.read();
  const waiting = body?.read();
  await vi.advanceTimersByTimeAsync(60_000);
  await waiting;
  give.close();
  await vi.advanceTimersByTimeAsync(0);
  let left = 0;
  for (let step = await body?.read(); step?.done === false; step = await body?.read()) left++;
  expect(left).toBeLessThanOrEqual(1);
  expect(vi.getTimerCount()).toBe(0);
});

it("is a response of its own status where it fails first, with no timer left", async () => {
  const { chunks, give } = source();
  give.error(new JobFailedError("no", { reason: "content_policy" }));
  expect((await generationResponse(chunks, never)).status).toBe(422);
  expect(vi.getTimerCount()).toBe(0);
});
