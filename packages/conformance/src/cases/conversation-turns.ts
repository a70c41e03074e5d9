import { assert } from "chai";
import type { Message } from "flowith-webapi";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

const POSTS = "POST /completion/async";

export const conversationTurnCases: ConformanceCase[] = [
  {
    id: "conversations: a streamed turn is remembered like a sent one",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const session = flowith.startConversation();
      let joined = "";
      for await (const chunk of session.sendStream("My name is Alice.")) joined += chunk.textDelta;
      const answer = await session.send("What is my name?");
      assert.include(answer.text, "Alice");
      assert.equal(session.turn, 2);
      const posts = await control.journal(user, POSTS);
      assert.equal(JSON.parse(posts[1]?.body ?? "").messages[1].content, joined);
    },
  },
  {
    id: "conversations: a streamed turn that nobody pulls holds nothing up, and posts nothing",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const session = flowith.startConversation();
      session.sendStream("Never read");
      await session.send("Read");
      assert.lengthOf(await control.journal(user, POSTS), 1);
    },
  },
  {
    id: "conversations: a streamed turn that is left lets the next one in and leaves no trace",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.script(user, { match: "story", fragments: ["Once ", "upon ", "a time."], delayMs: 300 });
      const session = flowith.startConversation();
      for await (const _ of session.sendStream("A story")) break;
      await session.send("Something else");
      const posts = await control.journal(user, POSTS);
      assert.deepEqual(JSON.parse(posts[1]?.body ?? "").messages, [{ role: "user", content: "Something else" }]);
      assert.equal(session.turn, 1);
      assert.equal(JSON.parse(posts[0]?.body ?? "").convId, JSON.parse(posts[1]?.body ?? "").convId);
    },
  },
  {
    id: "conversations: a turn that is aborted while it waits is never posted",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const session = flowith.startConversation();
      const first = session.send("First");
      const caller = new AbortController();
      const second = session.sendStream("Second", { signal: caller.signal });
      const third = session.send("Third");
      const waiting = rejection(second.output);
      caller.abort("enough");
      assert.equal(await waiting, "enough");
      await Promise.all([first, third]);
      const posts = await control.journal(user, POSTS);
      assert.notInclude(posts.map(({ body }) => body).join(), "Second");
    },
  },
  {
    id: "conversations: turns that wait for their place end with the client, which can be used again",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.script(user, { match: "slow", fragments: ["a", "b"], delayMs: 20_000 });
      const session = flowith.startConversation();
      const first = session.sendStream("slow")[Symbol.asyncIterator]();
      await first.next();
      const streamed = session.sendStream("Second");
      const waiting = [
        first.next(),
        session.send("Second"),
        streamed.output,
        session.generateImage("Second"),
        session.generateVideo("Second"),
        session.history(),
        session.delete(),
      ].map(rejection);
      flowith.close();
      const errors = await Promise.all(waiting);
      for (const error of errors) assert.deepInclude(error, { name: "AbortError", message: "The client was closed." });
      assert.notMatch(JSON.stringify(await control.journal(user)), /Second|is_delete/);
      assert.isNotEmpty((await session.send("Third")).text);
    },
  },
  {
    id: "conversations: a turn whose place has just come free when the client is closed is not begun",
    async run({ newClient }) {
      const closedAfter = async (kind: "send" | "generateImage"): Promise<void> => {
        const { flowith } = await newClient();
        // The place is handed on in some turns of the loop, and the client may be closed in any of them.
        for (let turns = 0; turns < 10; turns++) {
          const session = flowith.startConversation();
          const first = session.send("First");
          const second = rejection(session[kind](`Second ${turns}`));
          await first;
          for (let turn = 0; turn < turns; turn++) await Promise.resolve();
          flowith.close();
          assert.propertyVal(await second, "name", "AbortError");
        }
      };
      await Promise.all([closedAfter("send"), closedAfter("generateImage")]);
    },
  },
  {
    id: "conversations: a picture and a clip stand in what later turns are told",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const session = flowith.startConversation();
      const picture = await session.generateImage("A banana");
      const clip = await session.generateVideo("A cat");
      assert.equal(picture.convId, clip.convId);
      await session.send("What did you make?");
      const told: Message[] = [
        { role: "user", content: "A banana" },
        { role: "assistant", content: [{ type: "image_url", image_url: { url: picture.image.url } }] },
        { role: "user", content: "A cat" },
        { role: "assistant", content: clip.videoUrl },
      ];
      const posts = await control.journal(user, POSTS);
      assert.deepEqual(JSON.parse(posts[0]?.body ?? "").messages.slice(0, 4), told);
      assert.deepEqual((await session.history()).slice(0, 4), told);
      const { convId } = session;
      const taken = flowith.startConversation(convId === undefined ? {} : { convId });
      assert.deepEqual((await taken.history()).slice(0, 4), told);
    },
  },
  {
    id: "conversations: the clip of a session hangs under the last answer",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const session = flowith.startConversation();
      const first = await session.send("One");
      await session.generateVideo("A cat");
      const nodes = await flowith.conversations.nodes(first.convId);
      const prompts = nodes.filter((node) => node.type === "1");
      assert.deepEqual(
        prompts.map(({ parentId, position }) => ({ parentId, position })),
        [
          { parentId: first.convId, position: { x: 0, y: 130 } },
          { parentId: first.nodeId, position: { x: 0, y: 550 } },
        ],
      );
    },
  },
  {
    id: "conversations: a history is the caller's to change",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const session = flowith.startConversation();
      await session.send("My name is Alice.");
      (await session.history()).length = 0;
      assert.lengthOf(await session.history(), 2);
    },
  },
  {
    id: "conversations: a fork knows only what led to its node, and hangs there beside the other branch",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const session = flowith.startConversation();
      const first = await session.send("My name is Alice.");
      await session.send("I like tea.");
      const branch = session.fork(first.nodeId);
      const other = await branch.send("I like coffee.");
      assert.equal(other.convId, first.convId);
      const posts = await control.journal(user, POSTS);
      assert.deepEqual(
        JSON.parse(posts[2]?.body ?? "").messages.map(({ content }: { content: string }) => content),
        ["My name is Alice.", first.text, "I like coffee."],
      );
      const nodes = await flowith.conversations.nodes(first.convId);
      const siblings = nodes.filter((node) => node.parentId === first.nodeId);
      assert.deepEqual(
        siblings.map(({ position }) => position),
        [
          { x: 0, y: 550 },
          { x: 420, y: 550 },
        ],
      );
      assert.lengthOf(await session.history(), 4);
      assert.lengthOf(await branch.history(), 4);
    },
  },
  {
    id: "conversations: a fork at a prompt goes beside that prompt",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const session = flowith.startConversation();
      const first = await session.send("One");
      const nodes = await flowith.conversations.nodes(first.convId);
      const prompt = nodes.find((node) => node.type === "1");
      const branch = session.fork(prompt?.id ?? "");
      assert.isEmpty(await branch.history());
      const second = await branch.send("Another one");
      const after = await flowith.conversations.nodes(second.convId);
      assert.lengthOf(
        after.filter((node) => node.parentId === first.convId),
        2,
      );
    },
  },
  {
    id: "conversations: a fork is refused before the first turn, and at a node that is not there",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const session = flowith.startConversation();
      assert.throws(() => session.fork("0b6e7ac6-0a60-4b0b-8c0b-1f1f5f0e7b11"), /no turn yet/);
      await session.send("One");
      const lost = session.fork("0b6e7ac6-0a60-4b0b-8c0b-1f1f5f0e7b11");
      assert.deepInclude(await rejection(lost.send("Two")), { name: "NotFoundError", status: 404 });
    },
  },
  {
    id: "conversations: a deleted conversation is gone after its last turn, and the next turn begins a new one",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const session = flowith.startConversation();
      await session.delete();
      const turn = session.send("My name is Alice.");
      const deletion = session.delete();
      const { convId } = await turn;
      await deletion;
      assert.isTrue((await flowith.conversations.get(convId)).isDeleted);
      assert.isUndefined(session.convId);
      assert.equal(session.turn, 0);
      assert.isEmpty(await session.history());
      const answer = await session.send("What is my name?");
      assert.notInclude(answer.text, "Alice");
      assert.notEqual(answer.convId, convId);
      assert.lengthOf(await control.journal(user, "PATCH /rest/v1/conversation"), 1);
    },
  },
];
