import { assert } from "chai";
import type { ConformanceCase } from "../conformance-case.ts";
import { eventByEvent } from "../event-by-event.ts";
import { failText, readText, rowsAsked, weather, writeRow } from "./weather-run.ts";

/** What may be done to a stream while a text is split. */
const hardships: { name: string; fault: { type: string; [field: string]: unknown } | undefined }[] = [
  { name: "as they come", fault: undefined },
  { name: "byte by byte", fault: { type: "split", bytes: 1 } },
  { name: "with every third event lost", fault: { type: "lose", every: 3 } },
  { name: "with a break within the tag", fault: { type: "cut", afterEvents: 4 } },
];

/** Texts with tags, each sent a character an event, so that everything is split everywhere. */
const texts: { whole: string; text: string; reasoning: string }[] = [
  { whole: "<think>plan</think>\n\nAnswer 1 < 2", text: "Answer 1 < 2", reasoning: "plan" },
  { whole: "<THINK>a<b</THINK>x<y", text: "x<y", reasoning: "a<b" },
  { whole: "Well, <tHiNk>hm</ThInK> yes <thin", text: "Well, yes <thin", reasoning: "hm" },
  { whole: "<think>never closed </thin", text: "", reasoning: "never closed </thin" },
  { whole: "<think>ż😀\u2028</think>日本 <think>b</think>\u2028😀", text: "日本 😀", reasoning: "ż😀\u2028b" },
];

export const weatherTextCases: ConformanceCase[] = [
  ...hardships.map(
    ({ name, fault }): ConformanceCase => ({
      id: `faults: think tags in all letter cases, split everywhere, ${name}`,
      async run(context) {
        const sky = await weather(context, { events: { lingerMs: 10_000 } });
        const { control, user, flowith } = sky;
        for (const [index, { whole, text, reasoning }] of texts.entries()) {
          const match = `tags ${index}`;
          await control.script(user, { match, fragments: Array.from(whole), firstEventMs: 20, delayMs: 2 });
          const { output, chunks } = await readText(sky, match, {
            onSubmit: async () => void (fault && (await control.fault(user, fault))),
          });
          assert.deepInclude(output, { text, reasoning });
          assert.equal(chunks.map((chunk) => chunk.reasoningDelta).join(""), reasoning);
          assert.isFalse(chunks.at(-1)?.isRevised);
        }
        flowith.close();
      },
    }),
  ),
  {
    id: "faults: halves of a character in two events are one character",
    async run(context) {
      const sky = await weather(context);
      const { control, user } = sky;
      await control.script(user, { match: "half", fragments: ["a\ud83d", "\ude00b"], firstEventMs: 20, delayMs: 30 });
      assert.equal((await readText(sky, "half")).output.text, "a😀b");
    },
  },
  ...[
    { name: "another final text", fault: { result: "Two." }, text: "Two.", isRevised: true },
    { name: "a final text that is shorter", fault: { result: "One " }, text: "One ", isRevised: true },
    {
      name: "a final text that goes on",
      fault: { append: " And three." },
      text: "One two. And three.",
      isRevised: false,
    },
    { name: "no final text", fault: { result: "" }, text: "One two.", isRevised: false },
  ].map(
    ({ name, fault, text, isRevised }): ConformanceCase => ({
      id: `faults: ${name} counts, and the last chunk says whether it is a revision`,
      async run(context) {
        const sky = await weather(context, {}, eventByEvent);
        const { control, user } = sky;
        await control.script(user, { match: "final", fragments: ["One ", "two."], firstEventMs: 20 });
        await control.fault(user, { type: "final-text", ...fault });
        const { output, chunks, joined } = await readText(sky, "final");
        assert.equal(output.text, text);
        assert.deepInclude(chunks.at(-1), { text, isRevised, isFinal: true });
        assert.equal(joined, isRevised ? "One two." : text);
      },
    }),
  ),
  {
    id: "faults: a revised text has its reasoning revised as well",
    async run(context) {
      const sky = await weather(context, {}, eventByEvent);
      const { control, user } = sky;
      await control.script(user, { match: "final", fragments: ["<think>a</think>", "One."], firstEventMs: 20 });
      await control.fault(user, { type: "final-text", result: "<think>b</think>Two." });
      const { output, chunks } = await readText(sky, "final");
      assert.deepInclude(output, { text: "Two.", reasoning: "b" });
      assert.deepInclude(chunks.at(-1), { isRevised: true, text: "Two.", reasoning: "b" });
    },
  },
  {
    id: "faults: an end without a text, after a gap and beside a silent row, is a truncation",
    async run(context) {
      const sky = await weather(context);
      const { control, user } = sky;
      await control.script(user, {
        match: "gone",
        fragments: ["One ", "two ", "three."],
        firstEventMs: 20,
        delayMs: 20,
      });
      await control.fault(user, { type: "rows", form: "unchanged" });
      await control.fault(user, { type: "lose", seqs: [1] });
      await control.fault(user, { type: "final-text", result: "" });
      const { error, elapsedMs } = await failText(sky, "gone", { timeout: { totalMs: 14_000 } });
      assert.deepInclude(error, { name: "StreamTruncatedError", partial: "One " });
      assert.isBelow(elapsedMs, 12_000);
    },
  },
  {
    id: "faults: a text that is announced twice and comes to its row late is asked for often",
    async run(context) {
      const sky = await weather(context);
      const { control, user } = sky;
      await control.script(user, {
        match: "late",
        fragments: ["One ", "two ", "three."],
        firstEventMs: 20,
        delayMs: 60,
      });
      await control.fault(user, { type: "rows", form: "unchanged" });
      await control.fault(user, { type: "lose", seqs: [1] });
      await control.fault(user, { type: "final-text", result: "" });
      await control.fault(user, { type: "duplicate" });
      const { output, elapsedMs } = await readText(sky, "late", {}, async ({ nodeId }) => {
        // On the gap, and on the announcement.
        for (let asked = 0; asked < 2; asked++) await rowsAsked(sky);
        await writeRow(sky, nodeId, { status: "done", value: "One two three." });
      });
      assert.equal(output.text, "One two three.");
      assert.isBelow(elapsedMs, 4_000);
    },
  },
];
