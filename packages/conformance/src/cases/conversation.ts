import { assert } from "chai";
import type { ConformanceCase } from "../conformance-case.ts";

export const conversationCases: ConformanceCase[] = [
  {
    id: "conversations: one remembers, since every turn is sent with those before it",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const session = flowith.startConversation({ model: "gpt-4.1-nano" });
      const first = await session.send("My name is Alice.");
      const second = await session.send("What is my name?");
      assert.include(second.text, "Alice");
      assert.equal(session.turn, 2);
      assert.equal(session.convId, first.convId);
      const posts = await control.journal(user, "POST /completion/async");
      assert.deepEqual(JSON.parse(posts[1]?.body ?? "").messages, [
        { role: "user", content: "My name is Alice." },
        { role: "assistant", content: first.text },
        { role: "user", content: "What is my name?" },
      ]);
    },
  },
  {
    id: "conversations: each turn hangs under the last answer, where the canvas shows it",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const session = flowith.startConversation();
      const first = await session.send("One");
      const second = await session.send("Two");
      const nodes = await flowith.conversations.nodes(second.convId);
      const prompts = nodes.filter((node) => node.type === "1");
      const answers = nodes.filter((node) => node.type === "2");
      assert.deepEqual(
        prompts.map((node) => node.parentId),
        [second.convId, first.nodeId],
      );
      assert.deepEqual(
        answers.map((node) => node.parentId),
        prompts.map((node) => node.id),
      );
      assert.deepEqual(
        nodes.map((node) => node.position?.y),
        [130, 340, 550, 760],
      );
    },
  },
  {
    id: "conversations: a new one knows nothing of another",
    async run({ newClient }) {
      const { flowith } = await newClient();
      await flowith.startConversation().send("My name is Alice.");
      const other = await flowith.startConversation().send("What is my name?");
      assert.notInclude(other.text, "Alice");
    },
  },
  {
    id: "conversations: one is taken up again with its history",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const before = flowith.startConversation();
      await before.send("My name is Alice.");
      const { convId } = before;
      const after = flowith.startConversation(convId === undefined ? {} : { convId });
      assert.include((await after.send("What is my name?")).text, "Alice");
    },
  },
  {
    id: "conversations: turns queue up in the order of the calls",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const session = flowith.startConversation();
      const [, answer] = await Promise.all([session.send("My name is Alice."), session.send("What is my name?")]);
      assert.include(answer.text, "Alice");
    },
  },
  {
    id: "conversations: a failed turn leaves no trace in the next",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const session = flowith.startConversation();
      await session.send("My name is Alice.");
      await control.fault(user, { type: "status", status: 422, route: "POST /completion/async" });
      await session.send("Forget it").catch(() => undefined);
      const answer = await session.send("What is my name?");
      assert.include(answer.text, "Alice");
      const posts = await control.journal(user, "POST /completion/async");
      assert.notInclude(posts.at(-1)?.body ?? "", "Forget it");
    },
  },
];
