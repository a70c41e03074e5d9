import { assert } from "chai";
import type { ConformanceCase } from "../conformance-case.ts";
import { readText, weather } from "./weather-run.ts";

const FRAGMENTS = ["Zażółć ", "gęślą ", "jaźń, ", "日本 ", "😀\u2028", "five ", "six."];
const WHOLE = FRAGMENTS.join("");

/** What may happen to the events of one stream, none of which may be seen in the text. */
const faults: { name: string; fault: { type: string; [field: string]: unknown } }[] = [
  { name: "events that come twice", fault: { type: "duplicate" } },
  { name: "every third event twice", fault: { type: "duplicate", every: 3 } },
  { name: "pairs of events turned round", fault: { type: "reorder" } },
  { name: "groups of five events turned round", fault: { type: "reorder", window: 5 } },
  { name: "numbers that jump though nothing is missing", fault: { type: "gap", from: 2, by: 3 } },
  { name: "an event lost in the middle", fault: { type: "lose", seqs: [2] } },
  { name: "the first event lost", fault: { type: "lose", seqs: [0] } },
  { name: "every second event lost", fault: { type: "lose", every: 2 } },
  { name: "all events lost but the last", fault: { type: "lose" } },
  { name: "garbage between events", fault: { type: "garbage" } },
  {
    name: "lines that are JSON but no event",
    fault: { type: "garbage", text: 'data: {"data":null}\n\ndata: "x"\n\n' },
  },
  { name: "an event of 16 MB", fault: { type: "big-event" } },
  { name: "events of unknown types", fault: { type: "unknown-event" } },
  { name: "bare events", fault: { type: "envelope", envelope: "none" } },
  { name: "the other spelling of node ids", fault: { type: "envelope", nodeIdField: "node_id" } },
  { name: "lines that end in CRLF", fault: { type: "line-ends", ends: "crlf" } },
  { name: "lines that end in CR", fault: { type: "line-ends", ends: "cr" } },
  { name: "comments, ids and data in several lines", fault: { type: "sse-fields" } },
  { name: "bytes that come one by one", fault: { type: "split", bytes: 1 } },
  { name: "bytes that come by sevens", fault: { type: "split", bytes: 7 } },
];

export const weatherEventCases: ConformanceCase[] = [
  ...faults.map(
    ({ name, fault }): ConformanceCase => ({
      id: `faults: the text is exact with ${name}`,
      async run(context) {
        const sky = await weather(context);
        const { control, user } = sky;
        await control.script(user, { match: "event", fragments: FRAGMENTS, firstEventMs: 20, delayMs: 10 });
        // By the stream itself, since the row says nothing.
        await control.fault(user, { type: "rows", form: "unchanged" });
        await control.fault(user, fault);
        const { output, chunks } = await readText(sky, "every event");
        assert.equal(output.text, WHOLE);
        assert.isFalse(chunks.at(-1)?.isRevised);
      },
    }),
  ),
  {
    id: "faults: the text is exact with several faults at once",
    async run(context) {
      const sky = await weather(context);
      const { control, user } = sky;
      await control.script(user, { match: "storm", fragments: FRAGMENTS, firstEventMs: 20, delayMs: 30 });
      for (const type of ["duplicate", "reorder", "unknown-event", "garbage"]) {
        await control.fault(user, { type, count: 0 });
      }
      await control.fault(user, { type: "split", bytes: 11, count: 0 });
      await control.fault(user, { type: "cut", afterBytes: 1_500, count: 2 });
      assert.equal((await readText(sky, "storm")).output.text, WHOLE);
    },
  },
  {
    id: "faults: jobs of this client and of another of the same user do not mix, whatever breaks",
    async run(context) {
      const sky = await weather(context);
      const { control, user } = sky;
      const other = {
        ...sky,
        flowith: context.createClient({ token: user.token, fetch: sky.wire.fetch, events: { lingerMs: 0 } }),
      };
      const texts = Array.from({ length: 8 }, (_, job) => FRAGMENTS.map((fragment) => `${job}:${fragment}`));
      for (const [job, fragments] of texts.entries()) {
        await control.script(user, { match: `job ${job}.`, fragments, firstEventMs: 20, delayMs: 25 });
      }
      await control.fault(user, { type: "cut", afterEvents: 9, count: 3 });
      await control.fault(user, { type: "duplicate", every: 2, count: 0 });
      // All bodies are closed only when the last of them is done, so the streams are read here and not one by one.
      const outputs = await Promise.all(
        texts.map((_, job) => (job % 2 === 0 ? sky : other).flowith.generate(`job ${job}.`)),
      );
      for (const [job, output] of outputs.entries()) assert.equal(output.text, texts[job]?.join(""));
    },
  },
];
