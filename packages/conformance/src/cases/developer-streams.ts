import { assert } from "chai";
import type { ConformanceCase } from "../conformance-case.ts";

const LLM = "POST /external/use/llm";
const SEEK = "POST /external/use/knowledge-base/seek";
const REPLY = "Zażółć gęślą jaźń,\n\n日本 😀\u2028 one two three four five.";

/** All that the standard of event streams allows, at once or one by one. */
const dresses: { type: string; [field: string]: unknown }[][] = [
  [{ type: "sse-fields" }],
  [{ type: "sse-fields" }, { type: "line-ends", ends: "crlf" }],
  [{ type: "sse-fields" }, { type: "line-ends", ends: "cr" }, { type: "split", bytes: 1 }],
];

export const developerStreamCases: ConformanceCase[] = [
  {
    id: "developer: a chat and a search are read whole with comments, ids, CRLF and data in several lines",
    async run({ newDeveloper, control }) {
      for (const faults of dresses) {
        // A user for each: a fault waits for the next stream, whosever it is.
        const { developer, user } = await newDeveloper();
        const base = await control.knowledgeBase(user, [{ title: "Ferry.md", text: "The ferry leaves at 7:30." }]);
        const arm = async (route: string): Promise<void> => {
          for (const fault of faults) await control.fault(user, { ...fault, route });
        };
        await control.script(user, { match: "everything", reply: REPLY, reasoning: "I think.\nHard." });
        await arm(LLM);
        const chat = developer.chatStream("Say everything", { thinking: true });
        let joined = "";
        for await (const { textDelta } of chat) joined += textDelta;
        const output = await chat.output;
        assert.deepInclude(output, { text: REPLY, reasoning: "I think.\nHard.", finishReason: "stop" });
        assert.equal(joined, REPLY);
        assert.isAbove(output.usage?.totalTokens ?? 0, 0);

        await arm(LLM);
        const calls = [{ name: "tides" as const, arguments: { place: "Łódź\n" } }];
        await control.script(user, { match: "tides", toolCalls: calls });
        const asked = await developer.chatStream("The tides?", { tools: [{ name: "tides" }] }).output;
        assert.deepEqual(
          asked.toolCalls.map(({ name, arguments: given }) => ({ name, arguments: given })),
          calls,
        );

        await arm(SEEK);
        const found = await developer.knowledge.search("When does the ferry leave?", { knowledgeBases: [base] });
        assert.match(found.text, /The ferry leaves at 7:30\./);
        assert.deepEqual(
          found.sources.map(({ title }) => title),
          ["Ferry.md"],
        );
      }
    },
  },
  {
    id: "developer: a connection that stays open behind a chat's reason to finish costs a limit, and no word",
    async run({ newDeveloper, control }) {
      const { developer, user } = await newDeveloper();
      await control.script(user, { match: "hello", reply: "Hi" });
      // One event has the text, the next the reason; usage and the mark of the end never come.
      await control.fault(user, { type: "silence", afterEvents: 2, route: LLM });
      const output = await developer.chatStream("Hello", { timeout: { idleMs: 300 } }).output;
      assert.deepInclude(output, { text: "Hi", finishReason: "stop", usage: undefined });
    },
  },
];
