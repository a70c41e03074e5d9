import { FlowithError } from "flowith-webapi";
import { assert } from "vitest";
import { type Expectation, expectation, type Facts, OWN_BUG, OWN_REASON } from "./expectation.ts";
import { finalText } from "./job-script.ts";
import { referenceText } from "./reference-text.ts";
import { SUBMIT_BUG, type TracedJob } from "./traced-job.ts";

/** How much later than its limit a job may end. */
const LATENESS_MS = 500;
/** How soon after the row tells the end a job is over, whatever the stream does: 5 s of silence, and the question. */
const FOUND_IN_ROW_MS = 6_000;

/** Holds one job that is over against the reference model. */
export function checkJob(facts: Facts, totalMs: number): void {
  const { job } = facts;
  const { outcome } = job;
  assert(outcome !== undefined, "output never settled");
  const expected = expectation(facts);
  if ("error" in outcome) checkError(outcome.error, job, expected);
  else {
    assert(expected.mayBeText, `a text where ${[...expected.errors].join(" or ")} was expected`);
    checkText(outcome.output, job);
  }
  checkReading(job, outcome);
  checkTime(facts, totalMs);
}

function checkError(error: unknown, job: TracedJob, { mayBeText, errors }: Expectation): void {
  const name = nameOf(error, job);
  const wanted = [...(mayBeText ? ["a text"] : []), ...errors].join(" or ");
  assert(errors.has(name), `${name} (${String(error)}) where ${wanted} was expected`);
  if (!FlowithError.is(error)) return;
  assert.deepEqual(error.handle, job.handle ?? error.handle, "the error's handle");
  if (job.chunks.length > 0 && job.reading.state === "threw") {
    assert.equal(error.partial, job.chunks.at(-1)?.text, "the error's partial text");
  }
}

function nameOf(error: unknown, job: TracedJob): string {
  // An abort's own reason can be a DOMException too, so that identity goes first.
  if (job.signal.aborted && error === job.signal.reason) return OWN_REASON;
  if (error === SUBMIT_BUG) return OWN_BUG;
  if (FlowithError.is(error)) return error.name;
  return error instanceof DOMException ? error.name : `untyped ${String(error)}`;
}

function checkText(
  output: { text: string; reasoning: string; reasoningSummary?: string | undefined },
  { script }: TracedJob,
): void {
  const wanted = referenceText(finalText(script));
  assert.equal(output.text, wanted.text, "output.text");
  // The row does not have the summary, so that it may be missing; it is never another.
  const summaries = ["", undefined, script.reasoning];
  if (wanted.hasTags) {
    assert.equal(output.reasoning, wanted.reasoning, "output.reasoning");
    assert.include(summaries, output.reasoningSummary, "output.reasoningSummary");
    return;
  }
  // A row without thoughts does not take away those that were streamed.
  const isStreamed = referenceText(script.pieces.join("")).reasoning.startsWith(output.reasoning);
  if (!isStreamed) assert.include(summaries, output.reasoning, "output.reasoning");
}

function checkReading({ script, chunks, reading, hasLeft }: TracedJob, outcome: object): void {
  if (reading.state === "none") return;
  const mayRevise = !finalText(script).startsWith(script.pieces.join(""));
  let text = "";
  let reasoning = "";
  for (const chunk of chunks) {
    if (chunk.isRevised) {
      assert(mayRevise, "a revision where the final text begins with what was streamed");
      assert.equal(chunk.textDelta, "", "a revised chunk has no delta");
    }
    text = chunk.isRevised ? chunk.text : text + chunk.textDelta;
    reasoning = chunk.isRevised ? chunk.reasoning : reasoning + chunk.reasoningDelta;
    assert.equal(text, chunk.text, "the joined deltas");
    assert.equal(reasoning, chunk.reasoning, "the joined deltas of reasoning");
  }
  const finals = chunks.filter((chunk) => chunk.isFinal);
  if ("error" in outcome) {
    assert.isEmpty(finals, "a final chunk of a job that failed");
    if (reading.state === "threw") assert.strictEqual(reading.error, outcome.error, "both sides throw the same");
    else assert(hasLeft, "the reading of a failed job just ended");
    return;
  }
  assert.equal(reading.state, "done", "the reading of a job that succeeded");
  if (hasLeft) return;
  assert.lengthOf(finals, 1, "final chunks");
  assert.equal(chunks.at(-1)?.isFinal, true, "the final chunk is the last");
  if (!("output" in outcome)) return;
  assert.deepInclude(outcome.output, { text, reasoning }, "both sides say the same");
}

function checkTime({ job, link, taken }: Facts, totalMs: number): void {
  const { startedAtMs = 0, overAtMs = Number.POSITIVE_INFINITY } = job;
  assert.isAtMost(overAtMs - startedAtMs, totalMs + LATENESS_MS, "ms from the start to the end");
  const foundAtMs = taken?.rowSettledAtMs;
  const isRoughForRows = link.struck.some(({ route }) => route !== "stream");
  // An end without a text is looked into for some seconds more.
  const isLookedInto = finalText(job.script) === "";
  if (foundAtMs === undefined || isRoughForRows || isLookedInto || !job.wasWatchedAllTheTime) return;
  // An event that comes late puts the question off.
  const sinceMs = Math.max(foundAtMs, link.lastSentAtMs.get(taken?.nodeId ?? "") ?? 0);
  assert.isAtMost(overAtMs - sinceMs, FOUND_IN_ROW_MS, "ms from the end in the row to the end of the wait");
}
