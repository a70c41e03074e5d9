import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Verdict } from "../../jobs/job-reader.ts";
import { parseNodeEvent } from "../../wire/node-event.ts";
import { parseNodeRows } from "../../wire/node-row.ts";
import { TextReader, type TextResult } from "./text-reader.ts";

const chunks = (seq: number, ...fragments: string[]) => ({ type: "chunks", nodeId: "n", seq, chunks: fragments });
const complete = (seq: number, result?: string, more: object = {}) => ({
  type: "complete",
  nodeId: "n",
  seq,
  result,
  ...more,
});

function accept(reader: TextReader, value: object): Verdict<TextResult> {
  const event = parseNodeEvent({ data: value, id: "e" });
  if (event === undefined) throw new Error("the event was not understood");
  return reader.accept(event);
}

function row(data: unknown) {
  return parseNodeRows([{ id: "n", type: "2", data }])[0];
}

describe("TextReader", () => {
  it("gives every character once, whatever is repeated or overtaken", () => {
    const parts = fc.array(fc.string({ minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        parts,
        fc.array(fc.nat(11)),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
        (texts, repeats, order) => {
          const events = texts.map((text, seq) => chunks(seq, text));
          const sent = [...events, ...repeats.map((at) => events[at % events.length] ?? chunks(0, ""))];
          const shuffled = sent
            .map((event, index) => ({ event, key: order[index] ?? index }))
            .sort((a, b) => a.key - b.key);
          const reader = new TextReader(false);
          let joined = "";
          for (const { event } of shuffled) {
            accept(reader, event);
            joined += reader.take().text;
          }
          const verdict = accept(reader, complete(texts.length, texts.join("")));
          joined += reader.take().text;
          expect(joined).toBe(texts.join(""));
          expect(verdict).toMatchObject({ state: "done", result: { text: texts.join("") } });
        },
      ),
    );
  });

  it("gives out nothing beyond a gap, and asks for the row once", () => {
    const reader = new TextReader(true);
    expect(accept(reader, chunks(0, "One ")).state).toBe("wait");
    expect(accept(reader, chunks(2, "three ")).state).toBe("ask");
    expect(accept(reader, chunks(3, "four")).state).toBe("wait");
    expect(reader.take().text).toBe("One ");
    const verdict = reader.acceptRow(row({ status: "done", value: "One two three four" }));
    expect(verdict).toMatchObject({ state: "done", result: { text: "One two three four" } });
    expect(reader.take()).toEqual({ text: "two three four", reasoning: "", isRevised: false });
  });

  it("does not take a row in the middle of its text for a finished one", () => {
    const reader = new TextReader(true);
    for (const status of ["init", "loading", "pending", "streaming", undefined]) {
      expect(reader.acceptRow(row({ status, value: "http://half" })).state).toBe("wait");
    }
  });

  it("gives out no half of a character, and delays nothing else for it", () => {
    const reader = new TextReader(true);
    accept(reader, chunks(0, "a\ud83d"));
    expect(reader.take().text).toBe("a");
    expect(reader.partial).toBe("a");
    accept(reader, chunks(1, "\ude00b\ud83d"));
    expect(reader.take().text).toBe("\u{1f600}b");
    expect(reader.hasPending).toBe(false);
    accept(reader, chunks(2, "\ude00"));
    expect(reader.take().text).toBe("\u{1f600}");
    expect(reader.partial).toBe("a\u{1f600}b\u{1f600}");
  });

  it("gives out what was sent even where it is half a character to the end", () => {
    const reader = new TextReader(true);
    accept(reader, chunks(0, "a\ud83d"));
    expect(accept(reader, complete(1))).toMatchObject({ state: "done", result: { text: "a\ud83d" } });
    expect(reader.take()).toEqual({ text: "a\ud83d", reasoning: "", isRevised: false });
    const direct = new TextReader(false);
    accept(direct, chunks(0, "\ud83d"));
    expect(direct.finish()).toMatchObject({ state: "done", result: { text: "\ud83d" } });
  });

  it.each([
    ["<think>hm</think>\n\nGrey", "Grey", "Grey", "hm"],
    ["<think>hm</think>\n\nGr", "\n\nGrey", "Grey", "hm"],
    ["A <think>hm</think>Gr", "A Grey", "A Grey", "hm"],
  ])("does not count %j as revised by a row that has %j, without the thoughts", (streamed, value, text, reasoning) => {
    const reader = new TextReader(true);
    accept(reader, chunks(0, streamed));
    const before = reader.take();
    expect(reader.acceptRow(row({ status: "done", value }))).toMatchObject({ result: { text, reasoning } });
    const { text: rest, isRevised } = reader.take();
    expect({ text: before.text + rest, isRevised }).toEqual({ text, isRevised: false });
  });

  it.each([
    ["<think>hm</think>Grey", "Gray"],
    ["<think>hm", "Grey"],
  ])("counts other text than was visible of %j as revised, thoughts or not", (streamed, value) => {
    const reader = new TextReader(true);
    accept(reader, chunks(0, streamed));
    reader.take();
    expect(reader.acceptRow(row({ status: "done", value }))).toMatchObject({ result: { text: value, reasoning: "" } });
    expect(reader.take().isRevised).toBe(true);
  });

  it("says so when the final text differs from what was streamed", () => {
    const reader = new TextReader(true);
    accept(reader, chunks(0, "<think>a</think>Grey"));
    reader.take();
    const verdict = accept(reader, complete(1, "<think>b</think>Gray"));
    expect(verdict).toMatchObject({ state: "done", result: { text: "Gray", reasoning: "b" } });
    expect(reader.take()).toEqual({ text: "", reasoning: "", isRevised: true });
  });

  it("takes the service's reasoning where there are no tags, and keeps it apart where there are", () => {
    const plain = new TextReader(true);
    expect(accept(plain, complete(0, "Yes", { reasoning: "because" }))).toMatchObject({
      result: { reasoning: "because", reasoningSummary: undefined },
    });
    const tagged = new TextReader(true);
    expect(accept(tagged, complete(0, "<think>hm</think>Yes", { reasoning: "because" }))).toMatchObject({
      result: { text: "Yes", reasoning: "hm", reasoningSummary: "because" },
    });
  });

  it("takes what was streamed when the end names no text and nothing is missing", () => {
    const reader = new TextReader(true);
    accept(reader, chunks(0, "All of it"));
    expect(accept(reader, complete(1))).toMatchObject({ state: "done", result: { text: "All of it" } });
  });

  it("is a truncation when the end names no text, some is missing, and the row has none", () => {
    const reader = new TextReader(true);
    accept(reader, chunks(1, "later"));
    expect(accept(reader, complete(2)).state).toBe("unsettled");
    expect(reader.acceptRow(row({ status: "init", value: "" }))).toMatchObject({
      state: "unsettled",
      error: { name: "StreamTruncatedError" },
    });
  });

  it("never takes an empty end for a success", () => {
    const reader = new TextReader(true);
    expect(accept(reader, complete(0)).state).toBe("unsettled");
    expect(reader.acceptRow(undefined)).toMatchObject({ state: "unsettled" });
  });

  it("never takes a row that is done and empty for a success", () => {
    const reader = new TextReader(true);
    accept(reader, chunks(0, "One "));
    expect(reader.acceptRow(row({ status: "done", value: "" }))).toMatchObject({
      state: "unsettled",
      error: { name: "StreamTruncatedError" },
    });
    expect(reader.acceptRow(row({ status: "done", value: "One two" }))).toMatchObject({ result: { text: "One two" } });
  });

  it.each([
    [{ status: "failed" }, "unknown"],
    [{ status: "failed", error_type: "timeout" }, "timeout"],
    [{ status: "init", error: "no", error_type: "rate_limit" }, "rate_limit"],
    [{ status: "ERROR" }, "unknown"],
    [{ status: "init", error: "no", model: "m" }, "unknown"],
    [{ status: "init", error: { message: "no", type: "content_policy" } }, "content_policy"],
    [{ status: "done", value: '{"error":"no","error_type":"provider_error"}' }, "provider_error"],
    ['{"status":"failed","error":"as a string"}', "unknown"],
  ])("fails by the row %j", (data, reason) => {
    expect(new TextReader(true).acceptRow(row(data))).toMatchObject({
      state: "failed",
      error: { name: "JobFailedError", reason },
    });
  });
});
