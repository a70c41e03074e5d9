import { expect, it } from "vitest";
import type { DeveloperClient } from "./developer-client.ts";
import { answeredWith, failure } from "./testing/answered-with.ts";

const handle = { v: 1, kind: "video", taskId: "5", model: "m", createdAtMs: 0 } as const;
const url = "https://files.example/a.mp4";

/** A client whose service says one after the other, and the last again and again. */
function saying(...answers: unknown[]): { client: DeveloperClient; count(): number } {
  let count = 0;
  const fetch = async (): Promise<Response> => {
    const answer = answers[Math.min(count++, answers.length - 1)];
    return typeof answer === "string" ? new Response(answer) : Response.json(answer);
  };
  return { client: answeredWith({}, { fetch }).client, count: () => count };
}

it.each<[object, object]>([
  [
    { status: "finished", url },
    { state: "done", url },
  ],
  [
    { status: "ready", url },
    { state: "done", url },
  ],
  [{ status: "ready" }, { state: "waiting" }],
  [
    { status: "completed", video_url: url },
    { state: "done", url },
  ],
  [
    { status: "completed", url: "", output: { video_url: url } },
    { state: "done", url },
  ],
  [{ data: { status: "Completed", result: { audio_url: url } } }, { state: "done", url }],
  [{ status: "expired" }, { state: "failed", reason: "unknown" }],
  [
    { status: "rejected", message: "no cats" },
    { state: "failed", reason: "no cats" },
  ],
  [
    { status: "timeout", error: {}, message: "too slow" },
    { state: "failed", reason: "too slow" },
  ],
  [{ status: "timed_out" }, { state: "failed" }],
  [
    { success: false, status: "failed", message: "no" },
    { state: "failed", reason: "no" },
  ],
])("reads %j", async (answer, wanted) => {
  expect(await saying(answer).client.resume(handle).status()).toMatchObject(wanted);
});

const page = "<!doctype html><title>Busy</title>";

it.each<[string, unknown]>([
  ["a page", page],
  ["a task that is done before its file is", { status: "completed", url: "" }],
  ["no status", {}],
])("asks again after %s, twice in a row", async (_what, odd) => {
  const passing = saying(odd, odd, { status: "processing" }, odd, odd, { status: "completed", url });
  expect((await passing.client.resume(handle).wait({ everyMs: 1 })).url).toBe(url);
  const staying = saying(odd);
  const error = await failure(staying.client.resume(handle).wait({ everyMs: 1 }));
  expect(error).toMatchObject({ name: "ResponseShapeError", raw: odd });
  expect(staying.count()).toBe(3);
});

it("goes on after a refusal that may pass, and ends with one that does not", async () => {
  const slow = { success: false, error: { message: "Slow down.", code: "rate_limit_exceeded" } };
  const passing = saying(slow, { status: "completed", url });
  expect((await passing.client.resume(handle).wait({ everyMs: 1 })).url).toBe(url);
  const staying = saying({ success: false, message: "There is no such task." });
  const error = await failure(staying.client.resume(handle).wait({ everyMs: 1 }));
  expect(error).toMatchObject({ name: "JobFailedError", message: expect.stringContaining("There is no such task.") });
  expect(staying.count()).toBe(1);
});
