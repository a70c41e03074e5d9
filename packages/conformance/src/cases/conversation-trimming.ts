import { assert } from "chai";
import { type ConversationOptions, type FlowithClient, type Message, readGeneration } from "flowith-webapi";
import type { ConformanceCase } from "../conformance-case.ts";
import type { Control, TestUser } from "../control.ts";
import { rejection } from "../rejection.ts";

const TEXTS = "POST /completion/async";
const PICTURES = "POST /image_gen/async";

/** The messages of each post to a route. */
async function told(control: Control, user: TestUser, route = TEXTS): Promise<Message[][]> {
  return (await control.journal(user, route)).map(({ body }) => JSON.parse(body ?? "").messages);
}

/** What a session of three turns was told in its last. */
async function lastOfThree(flowith: FlowithClient, options: ConversationOptions) {
  const session = flowith.startConversation(options);
  const first = await session.send("One");
  const second = await session.send("Two");
  const third = await session.send("Three");
  return { session, first, second, third };
}

export const conversationTrimmingCases: ConformanceCase[] = [
  {
    id: "conversations: maxTurns sends the latest turns, and the canvas and the history stay whole",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const { session, first, second, third } = await lastOfThree(flowith, { maxTurns: 1, system: "Be brief." });
      const posts = await told(control, user);
      assert.deepEqual(posts[1], [
        { role: "user", content: "Be brief.\n\nOne" },
        { role: "assistant", content: first.text },
        { role: "user", content: "Two" },
      ]);
      assert.deepEqual(posts[2], [
        { role: "user", content: "Be brief.\n\nTwo" },
        { role: "assistant", content: second.text },
        { role: "user", content: "Three" },
      ]);
      assert.notProperty(second, "omittedMessages");
      assert.equal(third.omittedMessages, 2);
      assert.lengthOf(await session.history(), 6);
      assert.lengthOf(await flowith.conversations.nodes(third.convId), 6);
    },
  },
  {
    id: "conversations: maxTurns of 0 sends the prompt alone",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const { third } = await lastOfThree(flowith, { maxTurns: 0 });
      assert.deepEqual((await told(control, user))[2], [{ role: "user", content: "Three" }]);
      assert.equal(third.omittedMessages, 4);
    },
  },
  {
    id: "conversations: maxCharacters leaves out whole turns, the oldest first, and the stricter limit wins",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.script(user, { match: "One", reply: "1234567" });
      await control.script(user, { match: "Two", reply: "12345" });
      await lastOfThree(flowith, { maxCharacters: 18 });
      await lastOfThree(flowith, { maxCharacters: 17 });
      await lastOfThree(flowith, { maxCharacters: 17, maxTurns: 3 });
      await lastOfThree(flowith, { maxCharacters: 18, maxTurns: 1 });
      await lastOfThree(flowith, { maxCharacters: 7 });
      const posts = await told(control, user);
      assert.deepEqual(
        [2, 5, 8, 11, 14].map((index) => posts[index]?.length),
        [5, 3, 3, 3, 1],
      );
      assert.deepEqual(posts[5]?.[0], { role: "user", content: "Two" });
    },
  },
  {
    id: "conversations: trim makes what is sent, of a copy of everything with the prompt at its end",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const seen: Message[][] = [];
      const { session, first, third } = await lastOfThree(flowith, {
        system: "Be brief.",
        trim: async (messages) => {
          seen.push(structuredClone(messages));
          if (messages.length < 5) return messages;
          const summary: Message = { role: "system", content: "They counted to two." };
          return [summary, ...messages.splice(3)];
        },
      });
      assert.deepEqual(seen[0], [{ role: "user", content: "One" }]);
      assert.deepEqual(seen[1]?.[1], { role: "assistant", content: first.text });
      const last = seen[2] ?? [];
      assert.lengthOf(last, 5);
      assert.deepEqual((await told(control, user))[2], [
        { role: "system", content: "They counted to two." },
        ...last.slice(3, 4),
        { role: "user", content: "Be brief.\n\nThree" },
      ]);
      assert.equal(third.omittedMessages, 3);
      assert.lengthOf(await session.history(), 6);
    },
  },
  {
    id: "conversations: what trim throws ends the turn unchanged, and what it returns amiss is refused, before any row",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const own = new Error("no summary today");
      const failing = flowith.startConversation({
        trim: () => {
          throw own;
        },
      });
      assert.strictEqual(await rejection(failing.send("One")), own);
      const wrong: [unknown, RegExp][] = [
        [[], /there are none/],
        [undefined, /messages: Expected/],
        [[{ role: "friend", content: "One" }], /role/],
        [[{ role: "user", content: 1 }], /content/],
        [[{ role: "user", content: "Another" }], /not the prompt/],
        [[{ role: "assistant", content: "One" }], /not the prompt/],
        [
          [
            { role: "user", content: "One" },
            { role: "user", content: "Two" },
          ],
          /not the prompt/,
        ],
      ];
      for (const [kept, message] of wrong) {
        const trim = (): Message[] => kept as Message[];
        const error = await rejection(flowith.startConversation({ trim }).send("One"));
        assert.deepInclude(error, { name: "InvalidArgumentError" });
        assert.match(String(error), message);
      }
      assert.isEmpty(await control.journal(user, "POST /rest/v1/conversation"));
      assert.isEmpty(await control.journal(user, TEXTS));
    },
  },
  {
    id: "conversations: a turn that trim has failed leaves no trace, and a signal ends one that waits for it",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const caller = new AbortController();
      let calls = 0;
      const session = flowith.startConversation({
        trim: (messages) => {
          calls++;
          if (calls === 1) throw new Error("not yet");
          if (calls > 2) return messages;
          caller.abort("enough");
          return new Promise(() => undefined);
        },
      });
      await rejection(session.send("Never sent"));
      assert.equal(await rejection(session.send("Nor this", { signal: caller.signal })), "enough");
      await session.send("Sent");
      assert.deepEqual(await told(control, user), [[{ role: "user", content: "Sent" }]]);
    },
  },
  {
    id: "conversations: a picture's turn is shortened as well, and pictures in turns count nothing",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const session = flowith.startConversation({ maxCharacters: 8 });
      const first = await session.generateImage("A banana");
      const second = await session.generateImage("A cherry", { images: [first.image.url] });
      const third = await session.generateImage("A date");
      const [, whole, last] = await told(control, user, PICTURES);
      const shown = { type: "image_url" as const, image_url: { url: first.image.url } };
      const prompt: Message = { role: "user", content: [{ type: "text", text: "A cherry" }, shown] };
      assert.deepEqual(whole, [{ role: "user", content: "A banana" }, { role: "assistant", content: [shown] }, prompt]);
      const answer: Message = {
        role: "assistant",
        content: [{ type: "image_url", image_url: { url: second.image.url } }],
      };
      assert.deepEqual(last, [prompt, answer, { role: "user", content: "A date" }]);
      assert.notProperty(second, "omittedMessages");
      assert.equal(third.omittedMessages, 2);
      assert.isNotEmpty(await third.image.bytes());
    },
  },
  {
    id: "conversations: one that is taken up, a fork of it and an edited branch are shortened by their own turns",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const { first, second, third } = await lastOfThree(flowith, {});
      const session = flowith.startConversation({ convId: third.convId, maxTurns: 1 });
      const fourth = await session.send("Four");
      const fork = session.fork(second.nodeId);
      const forked = await fork.send("Fork");
      const nodes = await flowith.conversations.nodes(third.convId);
      const edited = await session.fork(nodes.find(({ text }) => text === "Two")?.id ?? "").send("Two, edited");
      const posts = await told(control, user);
      assert.deepEqual(
        posts.slice(3).map((messages) => messages.map(({ content }) => content)),
        [
          ["Three", third.text, "Four"],
          ["Two", second.text, "Fork"],
          ["One", first.text, "Two, edited"],
        ],
      );
      assert.deepEqual(
        [fourth, forked, edited].map(({ omittedMessages }) => omittedMessages),
        [4, 2, undefined],
      );
    },
  },
  {
    id: "conversations: how much was left out is in the stream's final chunk, its output and its response alike",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const session = flowith.startConversation({ maxTurns: 0 });
      await session.send("One");
      const stream = session.sendStream("Two");
      const counts: (number | undefined)[] = [];
      for await (const { isFinal, omittedMessages } of stream) if (isFinal) counts.push(omittedMessages);
      counts.push((await stream.output).omittedMessages);
      for await (const chunk of readGeneration(session.sendStream("Three").toResponse())) {
        if (chunk.isFinal) counts.push(chunk.omittedMessages);
        else assert.notProperty(chunk, "omittedMessages");
      }
      assert.deepEqual(counts, [2, 2, 4]);
    },
  },
  {
    id: "conversations: limits that are none, and trim beside another, are refused at once",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const trim = (messages: Message[]): Message[] => messages;
      const none: unknown = "all";
      const wrong: [ConversationOptions, RegExp][] = [
        [{ maxTurns: -1 }, /maxTurns/],
        [{ maxCharacters: 1.5 }, /maxCharacters/],
        [{ trim: none as typeof trim }, /trim/],
        [{ trim, maxTurns: 1 }, /trim excludes maxTurns/],
        [{ trim, maxCharacters: 1 }, /trim excludes maxCharacters/],
        [{ autoTitle: none as boolean }, /autoTitle/],
      ];
      for (const [options, message] of wrong) assert.throws(() => flowith.startConversation(options), message);
      flowith.startConversation({ trim, maxTurns: undefined });
    },
  },
];
