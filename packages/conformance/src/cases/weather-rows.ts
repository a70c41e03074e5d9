import { assert } from "chai";
import type { FlowithClientOptions, GenerateOptions, GenerationChunk } from "flowith-webapi";
import type { CaseContext, ConformanceCase } from "../conformance-case.ts";
import { cutNow, failText, readText, rowsAsked, type Weather, weather, writeRow } from "./weather-run.ts";

const STREAM = "/user_stream/stream";

const ERROR = "The model provider answered with an error.";

/** Every form in which a row says that its job has failed (wire 3.1), and the reason that it gives. */
const failures: { name: string; data: unknown; reason: string }[] = [
  { name: "the status failed", data: { value: "", status: "failed" }, reason: "unknown" },
  { name: "the status error", data: { value: "One tw", status: "error" }, reason: "unknown" },
  {
    name: "an error beside its status",
    data: { value: "", status: "loading", error: ERROR, error_type: "provider_error" },
    reason: "provider_error",
  },
  {
    name: "an error that is an object",
    data: { value: "", status: "loading", error: { message: ERROR, type: "timeout" } },
    reason: "timeout",
  },
  {
    name: "a JSON string in its value",
    data: { status: "loading", value: JSON.stringify({ error: ERROR, error_type: "content_policy" }) },
    reason: "content_policy",
  },
  {
    name: "data that is a JSON string",
    data: JSON.stringify({ value: "", status: "failed", error: ERROR, error_type: "rate_limit" }),
    reason: "rate_limit",
  },
  {
    name: "a JSON string in a JSON string",
    data: JSON.stringify({ status: "loading", value: JSON.stringify({ error: ERROR }) }),
    reason: "unknown",
  },
];

/** A text that stops after its first words, and a row that only the case writes. */
async function stalled(context: CaseContext, options: FlowithClientOptions = {}): Promise<Weather> {
  const sky = await weather(context, options);
  const { control, user } = sky;
  await control.fault(user, { type: "rows", form: "unchanged" });
  await control.script(user, { match: "stall", fragments: ["One ", "two."], firstEventMs: 20, delayMs: 18_000 });
  return sky;
}

/** Writes the row, and breaks the stream so that it is asked at once. */
function thenRow(sky: Weather, data: unknown): (chunk: GenerationChunk) => Promise<void> {
  return async ({ nodeId }) => {
    await writeRow(sky, nodeId, data);
    await cutNow(sky);
  };
}

/** Less than the five seconds of silence after which a row is asked in any case. */
const SOON_MS = 4_500;

const LIMIT: GenerateOptions = { timeout: { totalMs: 14_000 } };

export const weatherRowCases: ConformanceCase[] = [
  ...failures.map(
    ({ name, data, reason }): ConformanceCase => ({
      id: `faults: a row that tells of a failure by ${name} ends the job`,
      async run(context) {
        const sky = await stalled(context);
        const { error, elapsedMs } = await failText(sky, "stall", LIMIT, thenRow(sky, data));
        assert.deepInclude(error, { name: "JobFailedError", reason, partial: "One " });
        assert.isBelow(elapsedMs, SOON_MS);
      },
    }),
  ),
  ...["loading", "streaming", ""].map(
    (status): ConformanceCase => ({
      id: `faults: a row in the middle of its text is not done under the status "${status}"`,
      async run(context) {
        const sky = await weather(context);
        const { control, user } = sky;
        const fragments = ["One ", "two ", "three ", "four."];
        await control.script(user, { match: "middle", fragments, firstEventMs: 20, delayMs: 250 });
        const { output, chunks } = await readText(sky, "middle", {}, thenRow(sky, { status, value: "One two" }));
        assert.equal(output.text, "One two three four.");
        assert.isFalse(chunks.at(-1)?.isRevised);
      },
    }),
  ),
  ...[
    { status: "done", value: "One two.", error: "" },
    { status: "completed", value: "One two.", error: null },
    JSON.stringify({ status: "success", value: "One two." }),
  ].map(
    (data): ConformanceCase => ({
      id: `faults: a row ${JSON.stringify(data)} is the answer`,
      async run(context) {
        const sky = await stalled(context);
        const { output, joined } = await readText(sky, "stall", LIMIT, thenRow(sky, data));
        assert.equal(output.text, "One two.");
        assert.equal(joined, "One two.");
      },
    }),
  ),
  {
    id: "faults: a row with another text than was streamed is the answer, and the last chunk says so",
    async run(context) {
      const sky = await stalled(context);
      const { output, chunks } = await readText(sky, "stall", LIMIT, thenRow(sky, { status: "done", value: "Three." }));
      assert.equal(output.text, "Three.");
      assert.deepInclude(chunks.at(-1), { isRevised: true, isFinal: true, text: "Three.", textDelta: "" });
    },
  },
  {
    id: "faults: a row that is done and empty is a truncation after ten seconds, not a success",
    async run(context) {
      const sky = await stalled(context);
      const row = { status: "done", value: "" };
      const { error, elapsedMs } = await failText(sky, "stall", LIMIT, thenRow(sky, row));
      assert.deepInclude(error, { name: "StreamTruncatedError", partial: "One " });
      assert.isBelow(elapsedMs, 13_000);
    },
  },
  {
    id: "faults: a text that comes to its row late is waited for",
    async run(context) {
      const sky = await stalled(context);
      const { output, elapsedMs } = await readText(sky, "stall", LIMIT, async (chunk) => {
        const asked = rowsAsked(sky);
        await thenRow(sky, { status: "done", value: "" })(chunk);
        await asked;
        await writeRow(sky, chunk.nodeId, { status: "done", value: "One two." });
      });
      assert.isBelow(elapsedMs, SOON_MS);
      assert.equal(output.text, "One two.");
    },
  },
  {
    id: "faults: a row is asked although it does not show whether the stream that broke is open anew",
    async run(context) {
      let opened = 0;
      // As in Firefox, where an answer is shown with the first byte of its body only.
      const sky = await stalled(context, {
        middleware: [
          (request, next) => {
            const isHeld = new URL(request.url).pathname === STREAM && ++opened > 1;
            return isHeld ? new Promise(() => undefined) : next(request);
          },
        ],
      });
      const row = { status: "done", value: "One two." };
      const { output, elapsedMs } = await readText(sky, "stall", LIMIT, thenRow(sky, row));
      assert.equal(output.text, "One two.");
      assert.isBelow(elapsedMs, SOON_MS);
    },
  },
];
