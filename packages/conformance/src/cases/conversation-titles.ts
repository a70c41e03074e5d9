import { assert } from "chai";
import type { FlowithClientOptions } from "flowith-webapi";
import type { CaseContext, ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

const TITLES = "POST /completion/conversation-title";
const RENAMES = "PATCH /rest/v1/conversation";
const password = "correct horse battery";

/** A client, what it begins beside its calls, and what it warns of. */
async function watched({ newClient }: CaseContext, options: FlowithClientOptions = {}) {
  const work: Promise<unknown>[] = [];
  const warnings: string[] = [];
  const quiet = (): void => undefined;
  const made = await newClient({
    // What is handed over here is waited for by the case; the runtimes but Workers do it all the same.
    waitUntil: (promise) => work.push(promise),
    logger: { debug: quiet, info: quiet, warn: (line) => warnings.push(line), error: quiet },
    logLevel: "warn",
    ...options,
  });
  return { ...made, work, warnings, settled: () => Promise.all(work) };
}

/** A `fetch` that holds requests to a path until they are let go. */
function holding(path: string) {
  let release = (): void => undefined;
  let arrived = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const own: NonNullable<FlowithClientOptions["fetch"]> = async (input, init) => {
    if (String(input).includes(path)) {
      arrived();
      await held;
      if (init?.signal?.aborted) throw init.signal.reason;
    }
    return fetch(input, init);
  };
  return { fetch: own, release, reached };
}

export const conversationTitleCases: ConformanceCase[] = [
  {
    id: "conversations: autoTitle gives a new one a title, once, after its first answer, in two requests",
    async run(context) {
      const { flowith, user, settled, work } = await watched(context);
      const session = flowith.startConversation({ autoTitle: true });
      const first = await session.send("How do tides work?");
      await session.send("And the moon?");
      await settled();
      const { title } = await flowith.conversations.get(first.convId);
      assert.equal(title, await flowith.generateTitle("How do tides work?"));
      const [asked] = await context.control.journal(user, TITLES);
      assert.deepEqual(JSON.parse(asked?.body ?? ""), {
        messages: [
          { role: "user", content: "How do tides work?" },
          { role: "assistant", content: first.text },
        ],
      });
      assert.lengthOf(await context.control.journal(user, RENAMES), 1);
      assert.lengthOf(work, 1);
    },
  },
  {
    id: "conversations: autoTitle keeps neither the answer nor the next turn waiting",
    async run(context) {
      const { fetch, release, reached } = holding("/conversation-title");
      const { flowith, settled } = await watched(context, { fetch });
      const session = flowith.startConversation({ autoTitle: true });
      const { convId } = await session.send("How do tides work?");
      await reached;
      await session.send("And the moon?");
      assert.isNull((await flowith.conversations.get(convId)).title);
      release();
      await settled();
      assert.isNotEmpty((await flowith.conversations.get(convId)).title);
    },
  },
  {
    id: "conversations: autoTitle leaves those of before alone, forks too, and is off by default",
    async run(context) {
      const { flowith, user, work } = await watched(context);
      const { convId, nodeId } = await flowith.startConversation().send("One");
      const session = flowith.startConversation({ convId, autoTitle: true });
      await session.send("Two");
      await session.fork(nodeId).send("Three");
      assert.isEmpty(work);
      assert.isEmpty(await context.control.journal(user, TITLES));
    },
  },
  {
    id: "conversations: autoTitle comes after the first turn that is answered, of the words alone where that is a picture",
    async run(context) {
      const { flowith, user, settled } = await watched(context);
      const session = flowith.startConversation({ autoTitle: true });
      await context.control.fault(user, { type: "status", status: 422, route: "POST /completion/async" });
      await rejection(session.send("Forget it"));
      await session.generateImage("A ripe banana");
      await session.send("What did you draw?");
      await settled();
      const titles = await context.control.journal(user, TITLES);
      assert.deepEqual(
        titles.map(({ body }) => JSON.parse(body ?? "")),
        [{ messages: [{ role: "user", content: "A ripe banana" }] }],
      );
    },
  },
  {
    id: "conversations: autoTitle leaves a title that the user has given meanwhile",
    async run(context) {
      const { fetch, release, reached } = holding("/conversation-title");
      const { flowith, settled, warnings } = await watched(context, { fetch });
      const { convId } = await flowith.startConversation({ autoTitle: true }).send("How do tides work?");
      await reached;
      await flowith.conversations.rename(convId, "The sea");
      release();
      await settled();
      assert.equal((await flowith.conversations.get(convId)).title, "The sea");
      assert.isEmpty(warnings);
    },
  },
  {
    id: "conversations: a failure of autoTitle is logged, and nothing else",
    async run(context) {
      const { flowith, user, settled, warnings } = await watched(context);
      await context.control.fault(user, { type: "status", status: 500, route: TITLES, count: 0 });
      const session = flowith.startConversation({ autoTitle: true });
      await session.send("How do tides work?");
      await settled();
      await session.send("And the moon?");
      assert.lengthOf(warnings, 1);
      assert.include(warnings[0], "its title: failed");
      assert.lengthOf(await context.control.journal(user, TITLES), 1);
    },
  },
  {
    id: "conversations: a waitUntil that throws is logged, and the answer is there",
    async run(context) {
      const { flowith, warnings } = await watched(context, {
        waitUntil: () => {
          throw new Error("The response is over");
        },
      });
      const { text } = await flowith.startConversation({ autoTitle: true }).send("How do tides work?");
      assert.isNotEmpty(text);
      assert.lengthOf(warnings, 1);
    },
  },
  {
    id: "conversations: autoTitle is ended by close, by delete and by another user's sign-in, without a warning",
    async run(context) {
      const bob = await context.control.newUser({ password });
      const ends: ((flowith: Awaited<ReturnType<typeof watched>>["flowith"]) => unknown)[] = [
        (flowith) => flowith.close(),
        (flowith) => flowith.auth.signInWithPassword({ email: bob.email, password }),
      ];
      for (const end of ends) {
        const { fetch, release, reached } = holding("/conversation-title");
        const { flowith, user, settled, warnings } = await watched(context, { fetch });
        await flowith.startConversation({ autoTitle: true }).send("How do tides work?");
        await reached;
        await end(flowith);
        await settled();
        release();
        assert.isEmpty(await context.control.journal(user, RENAMES));
        assert.isEmpty(warnings);
      }
      const { fetch, release, reached } = holding("/conversation-title");
      const { flowith, user, settled, work, warnings } = await watched(context, { fetch });
      const session = flowith.startConversation({ autoTitle: true });
      await session.send("How do tides work?");
      await reached;
      await session.delete();
      await settled();
      release();
      assert.lengthOf(await context.control.journal(user, RENAMES), 1, "the deletion alone");
      const { convId } = await session.send("How do tides work?");
      await settled();
      assert.lengthOf(work, 2, "the next one is of this session's making too");
      assert.isNotEmpty((await flowith.conversations.get(convId)).title);
      assert.isEmpty(warnings);
    },
  },
];
