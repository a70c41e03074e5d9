import { assert } from "chai";
import type { ConformanceCase } from "../conformance-case.ts";

export const textCases: ConformanceCase[] = [
  {
    id: "text: answers a prompt and says where it is kept",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const output = await flowith.generate("What is the capital of Poland?");
      assert.include(output.text, "Warsaw");
      assert.equal(String(output), output.text);
      assert.deepEqual(structuredClone(output), JSON.parse(JSON.stringify(output)));
      assert.equal(output.model, "gpt-4.1-nano");
      const nodes = await flowith.conversations.nodes(output.convId);
      assert.deepEqual(
        nodes.map(({ type, text, parentId }) => ({ type, text, parentId })),
        [
          { type: "1", text: "What is the capital of Poland?", parentId: output.convId },
          { type: "2", text: output.text, parentId: nodes[0]?.id ?? "" },
        ],
      );
      assert.equal(nodes[1]?.id, output.nodeId);
    },
  },
  {
    id: "text: takes reasoning out of the answer",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.script(user, {
        match: "think",
        fragments: ["<th", "ink>first ", "this</THINK>", "\n\n", "Then that."],
      });
      const output = await flowith.generate("think about it");
      assert.equal(output.text, "Then that.");
      assert.equal(output.reasoning, "first this");
      assert.isUndefined(output.reasoningSummary);
    },
  },
  {
    id: "text: leaves reasoning in the answer when told so",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.script(user, { match: "think", fragments: ["<think>a</think>", " b"] });
      const output = await flowith.generate("think about it", { reasoning: "raw" });
      assert.equal(output.text, "<think>a</think> b");
      assert.equal(output.reasoning, "");
    },
  },
  {
    id: "text: sends the system text as a message of its own when told so",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await flowith.generate("And now?", { system: "Be brief.", systemMode: "message" });
      const [post] = await control.journal(user, "POST /completion/async");
      assert.deepEqual(JSON.parse(post?.body ?? "").messages, [
        { role: "system", content: "Be brief." },
        { role: "user", content: "And now?" },
      ]);
    },
  },
  {
    id: "text: extraBody goes over what the SDK sends, and what is undefined in it counts as absent",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const extraBody = { temperature: 0.5, stream: undefined, model: undefined };
      for (const direct of [false, true]) {
        await flowith.generate("Hello", { direct, extraBody });
        await flowith.generate("Hello", { direct, extraBody: { model: "gpt-4.1" } });
      }
      for (const route of ["POST /completion/async", "POST /completion"]) {
        const posts = await control.journal(user, route);
        const bodies = posts.map(({ body }) => JSON.parse(body ?? ""));
        assert.deepInclude(bodies[0], { model: "gpt-4.1-nano", stream: true, temperature: 0.5 });
        assert.deepInclude(bodies[1], { model: "gpt-4.1" });
      }
    },
  },
  {
    id: "text: sends system and earlier messages along",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await flowith.generate("And now?", {
        system: "Be brief.",
        messages: [
          { role: "user", content: "Hello" },
          { role: "assistant", content: "Hi" },
        ],
      });
      const [post] = await control.journal(user, "POST /completion/async");
      assert.deepEqual(JSON.parse(post?.body ?? "").messages, [
        { role: "user", content: "Be brief.\n\nHello" },
        { role: "assistant", content: "Hi" },
        { role: "user", content: "And now?" },
      ]);
    },
  },
  {
    id: "text: hands out the handle before the post",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const seen: number[] = [];
      const output = await flowith.generate("Hello", {
        onSubmit: async (handle) => {
          seen.push((await control.journal(user, "POST /completion/async")).length);
          assert.equal(handle.kind, "text");
          assert.equal(handle.userId, user.id);
        },
      });
      assert.deepEqual(seen, [0]);
      assert.isNotEmpty(output.text);
    },
  },
  {
    id: "text: many jobs at once share one event connection",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const prompts = Array.from({ length: 12 }, (_, index) => `Say number ${index}`);
      const outputs = await Promise.all(prompts.map((prompt) => flowith.generate(prompt)));
      for (const [index, output] of outputs.entries()) assert.include(output.text, `number ${index}`);
      assert.lengthOf(await control.journal(user, "GET /user_stream/stream"), 1);
    },
  },
];
