import { assert } from "chai";
import type { ConformanceCase } from "../conformance-case.ts";
import { nothingLeft, readText, weather } from "./weather-run.ts";

/** Characters of one to four bytes. */
const FRAGMENTS = ["Zażółć ", "gęślą ", "jaźń, ", "日本 ", "😀\u2028", "end."];
const WHOLE = FRAGMENTS.join("");
const EVENTS = FRAGMENTS.length + 1;
/** An event is about 240 bytes long: here lie starts, ends, and middles of characters. */
const BYTES = [1, 100, 205, 230, 236, 237, 238, 239, 470, 690, 910, 1_150];

/** One job a cut, all on one event connection, so that it is surely this one that a fault strikes. */
async function cutEach(
  context: Parameters<ConformanceCase["run"]>[0],
  cuts: readonly Record<string, number | boolean>[],
): Promise<void> {
  const sky = await weather(context, { events: { lingerMs: 10_000 } });
  const { control, user, flowith, wire } = sky;
  await control.script(user, { match: "cut", fragments: FRAGMENTS, firstEventMs: 0, delayMs: 5 });
  const { convId } = await flowith.generate("cut nothing");
  for (const cut of cuts) {
    const onSubmit = async (): Promise<void> => void (await control.fault(user, { type: "cut", ...cut }));
    const { output, chunks } = await readText(sky, `cut ${JSON.stringify(cut)}`, { convId, onSubmit });
    assert.equal(output.text, WHOLE, JSON.stringify(cut));
    assert.isFalse(chunks.at(-1)?.isRevised, JSON.stringify(cut));
  }
  assert.lengthOf(
    wire.sent.filter(({ path }) => path === "/user_stream/stream"),
    1 + cuts.length,
    "streams opened",
  );
  flowith.close();
  await nothingLeft(wire);
}

export const weatherCutCases: ConformanceCase[] = [
  {
    id: "faults: a stream that breaks after any event loses and repeats nothing",
    run: (context) =>
      cutEach(
        context,
        Array.from({ length: EVENTS }, (_, afterEvents) => ({ afterEvents })),
      ),
  },
  {
    id: "faults: a stream that breaks within an event, or a character, loses and repeats nothing",
    run: (context) =>
      cutEach(
        context,
        BYTES.map((afterBytes) => ({ afterBytes })),
      ),
  },
  {
    id: "faults: a stream that ends cleanly before the job does is no success",
    run: (context) =>
      cutEach(context, [
        { afterEvents: 0, clean: true },
        { afterEvents: 3, clean: true },
        { afterEvents: EVENTS - 1, clean: true },
        { afterBytes: 230, clean: true },
        { afterBytes: 800, clean: true },
      ]),
  },
  {
    id: "faults: three breaks in a row are one answer",
    async run(context) {
      const sky = await weather(context);
      const { control, user, wire } = sky;
      await control.script(user, { match: "three", fragments: FRAGMENTS, firstEventMs: 50, delayMs: 300 });
      const { output } = await readText(sky, "three cuts", {}, async () => {
        await control.fault(user, { type: "cut", afterEvents: 0, count: 3 });
      });
      assert.equal(output.text, WHOLE);
      assert.lengthOf(
        wire.sent.filter(({ path }) => path === "/user_stream/stream"),
        4,
      );
    },
  },
];
