import { assert } from "chai";
import { rejection, type Scenario, type Settled } from "./scenario.ts";

const model = "gpt-4.1-nano";

/** Answers of which nothing is left to say, as a stop leaves them. */
const EMPTY: Record<string, object> = {
  "was stopped before its first word": { role: "assistant", content: [{ type: "text", text: "" }] },
  "is blank": { role: "assistant", content: " \n" },
  "has reasoning alone": { role: "assistant", content: [{ type: "reasoning", text: "Hm." }] },
  "was no turn at all": { role: "user", content: "" },
  "was a picture alone": {
    role: "assistant",
    content: [{ type: "file", mediaType: "image/png", data: "iVBORw0KGgo=" }],
  },
};

export const historyScenarios: Scenario[] = [
  ...Object.entries(EMPTY).map(
    ([how, turn]): Scenario => ({
      name: `histories: by an API key a chat goes on behind what ${how}`,
      async run({ ai, byKey, lastBody }) {
        const messages = [{ role: "user", content: "One" }, turn, { role: "user", content: "Two" }];
        await ai.generateText({ model: byKey(model), messages });
        assert.deepEqual((await lastBody("POST /external/use/llm")).messages, [
          { role: "user", content: "One" },
          { role: "user", content: "Two" },
        ]);
      },
    }),
  ),
  {
    name: "histories: an empty turn of the user's is left out of the web app's chat too, and empty words go nowhere",
    async run({ ai, flowith, byKey, lastBody }) {
      const messages = [
        { role: "user", content: "" },
        { role: "assistant", content: "Yes?" },
        { role: "user", content: "Two" },
      ];
      await ai.generateText({ model: flowith(model), messages, system: "" });
      const { messages: sent } = await lastBody("POST /completion/async");
      assert.deepEqual(
        sent.map(({ role }: Settled) => role),
        ["assistant", "user"],
      );
      await ai.generateText({ model: byKey(model), messages, system: "" });
      assert.lengthOf((await lastBody("POST /external/use/llm")).messages, 2);
    },
  },
  {
    name: "histories: an empty question is refused, and not taken for the one before it",
    async run({ ai, byKey, control, user }) {
      const messages = [
        { role: "user", content: "One" },
        { role: "user", content: "" },
      ];
      const error = await rejection(ai.generateText({ model: byKey(model), messages }));
      assert.equal(error.name, "AI_InvalidArgumentError");
      assert.lengthOf(await control.journal(user), 0);
    },
  },
  {
    name: "histories: by an API key a call that another service ran is told by what it gave back, and one without an answer not at all",
    async run({ ai, byKey, lastBody }) {
      const output = { type: "text", value: "Sunny." };
      const call = (toolCallId: string, toolName: string): object => {
        return { type: "tool-call", toolCallId, toolName, input: { city: "Rome" } };
      };
      const messages = [
        { role: "user", content: "One" },
        {
          role: "assistant",
          content: [
            { ...call("a", "search"), providerExecuted: true },
            { type: "tool-result", toolCallId: "a", toolName: "search", output },
            { type: "text", text: "It is sunny." },
            { ...call("b", "late"), providerExecuted: true },
            call("c", "weather"),
          ],
        },
        { role: "tool", content: [{ type: "tool-result", toolCallId: "c", toolName: "weather", output }] },
        { role: "user", content: "Two" },
      ];
      await ai.generateText({ model: byKey(model), messages });
      const [, answer, tool] = (await lastBody("POST /external/use/llm")).messages;
      assert.equal(answer.content, "(The tool search gave back: Sunny.)\n\nIt is sunny.");
      assert.deepEqual(
        answer.tool_calls.map(({ id }: Settled) => id),
        ["c"],
      );
      assert.deepInclude(tool, { role: "tool", tool_call_id: "c", content: "Sunny." });
    },
  },
];
