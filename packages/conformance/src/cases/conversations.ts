import { assert } from "chai";
import { answering } from "../answering.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { insertRows } from "../insert-rows.ts";
import { rejection } from "../rejection.ts";

const nowhere = "00000000-0000-4000-8000-000000000000";

interface ConversationRow {
  id: string;
  title: string;
  updated_at: string;
}

/** Ten rows share each time; the first ones are the newest. */
function conversationRow(index = 0): ConversationRow {
  return {
    id: crypto.randomUUID(),
    title: `Conversation ${index}`,
    updated_at: new Date(Date.UTC(2026, 0, 1) - Math.floor(index / 10) * 60_000).toISOString(),
  };
}

/** Their ids are in order, so that rows of one time are in the same pages at each run. */
function manyConversations(count: number): ConversationRow[] {
  const ids = Array.from({ length: count }, () => crypto.randomUUID()).sort();
  return ids.map((id, index) => ({ ...conversationRow(index), id }));
}

export const conversationsCases: ConformanceCase[] = [
  {
    id: "conversations: a list has the user's own, the one that changed last in front, in pages",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const [first, second] = [conversationRow(0), conversationRow(10)];
      await insertRows({ control }, user, "conversation", [second, first]);
      await insertRows({ control }, user, "conversation", [{ ...conversationRow(20), is_delete: true }]);
      const list = await flowith.conversations.list();
      assert.deepEqual(
        list.map(({ convId }) => convId),
        [first.id, second.id],
      );
      assert.deepInclude(list[0], { title: "Conversation 0", userId: user.id, projectId: null, isDeleted: false });
      assert.deepInclude(list[0]?.raw, { id: first.id, is_absolute_mode: true });
      const page = await flowith.conversations.list({ limit: 1, offset: 1 });
      assert.deepEqual(
        page.map(({ convId }) => convId),
        [second.id],
      );
      const [, asked] = await control.journal(user, "GET /rest/v1/conversation");
      const query = new URLSearchParams(asked?.query);
      assert.deepEqual([...query].map(([name, value]) => `${name}=${value}`).sort(), [
        "is_delete=neq.true",
        "limit=1",
        "offset=1",
        "order=updated_at.desc,id.desc",
        "project_id=is.null",
        "select=*",
        `user_id=eq.${user.id}`,
      ]);
    },
  },
  {
    id: "conversations: a list of a project has that project's only",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const project = { id: crypto.randomUUID(), title: "Travel" };
      await insertRows({ control }, user, "flow_project", [project]);
      const [loose, inside] = [conversationRow(), conversationRow()];
      await insertRows({ control }, user, "conversation", [{ ...loose, project_id: null }]);
      await insertRows({ control }, user, "conversation", [{ ...inside, project_id: project.id }]);
      const ofProject = await flowith.conversations.list({ projectId: project.id });
      assert.deepEqual(
        ofProject.map(({ convId, projectId }) => [convId, projectId]),
        [[inside.id, project.id]],
      );
      const all: string[] = [];
      for await (const { convId } of flowith.conversations.all({ projectId: project.id })) all.push(convId);
      assert.deepEqual(all, [inside.id]);
    },
  },
  {
    id: "conversations: all() gives each one once, over pages in which many share a time",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const rows = manyConversations(235);
      await insertRows({ control }, user, "conversation", rows);
      const seen: string[] = [];
      for await (const { convId } of flowith.conversations.all()) {
        seen.push(convId);
        // What was given out already moves to the front, and shifts nothing.
        if (seen.length === 50) await flowith.conversations.rename(convId, "Moved");
      }
      assert.lengthOf(seen, 235);
      assert.sameMembers(
        seen,
        rows.map(({ id }) => id),
      );
      assert.lengthOf(await control.journal(user, "GET /rest/v1/conversation"), 3);
    },
  },
  {
    id: "conversations: all() asks for a page only when it is needed, and ends by break and by the signal",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await insertRows({ control }, user, "conversation", manyConversations(120));
      const idle = flowith.conversations.all();
      assert.isEmpty(await control.journal(user, "GET /rest/v1/conversation"));
      await idle.return(undefined);
      for await (const _ of flowith.conversations.all()) break;
      assert.lengthOf(await control.journal(user, "GET /rest/v1/conversation"), 1);
      const controller = new AbortController();
      const reason = new Error("enough");
      const error = await rejection(
        (async () => {
          for await (const _ of flowith.conversations.all({ signal: controller.signal })) controller.abort(reason);
        })(),
      );
      assert.strictEqual(error, reason);
    },
  },
  {
    id: "conversations: get gives one, and is a NotFoundError for one that is not there or not visible",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const other = await newClient();
      const row = conversationRow();
      await insertRows({ control }, user, "conversation", [{ ...row, preview: "Day 1" }]);
      const conversation = await flowith.conversations.get(row.id);
      assert.deepInclude(conversation, { convId: row.id, title: "Conversation 0", preview: "Day 1" });
      for (const client of [flowith, other.flowith]) {
        const error = await rejection(client.conversations.get(client === flowith ? nowhere : row.id));
        assert.deepInclude(error, { name: "NotFoundError", status: 404, code: "not_found" });
      }
    },
  },
  {
    id: "conversations: rename is an update that gives the row back; without a row it is a NotFoundError",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const other = await newClient();
      const row = conversationRow();
      const convId = row.id;
      await insertRows({ control }, user, "conversation", [row]);
      const renamed = await flowith.conversations.rename(convId, "A week in Kyoto");
      assert.deepInclude(renamed, { convId, title: "A week in Kyoto" });
      assert.equal((await flowith.conversations.get(convId)).title, "A week in Kyoto");
      const [patch] = await control.journal(user, "PATCH /rest/v1/conversation");
      assert.equal(patch?.body, '{"title":"A week in Kyoto"}');
      assert.include(patch?.headers.prefer, "return=representation");
      const missing = await rejection(flowith.conversations.rename(nowhere, "Nothing"));
      assert.propertyVal(missing, "name", "NotFoundError");
      const foreign = await rejection(other.flowith.conversations.rename(convId, "Mine now"));
      assert.propertyVal(foreign, "name", "NotFoundError");
      const tooLong = await rejection(flowith.conversations.rename(convId, "x".repeat(201)));
      assert.deepInclude(tooLong, { name: "APIError", status: 400 });
    },
  },
  {
    id: "conversations: delete marks it, so that it is no longer listed; doing it again does no harm",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const row = conversationRow();
      const convId = row.id;
      await insertRows({ control }, user, "conversation", [row]);
      await flowith.conversations.delete(convId);
      await flowith.conversations.delete(convId);
      assert.isEmpty(await flowith.conversations.list());
      assert.isTrue((await flowith.conversations.get(convId)).isDeleted);
      const [patch] = await control.journal(user, "PATCH /rest/v1/conversation");
      assert.equal(patch?.body, '{"is_delete":true}');
      assert.propertyVal(await rejection(flowith.conversations.delete(nowhere)), "name", "NotFoundError");
    },
  },
  {
    id: "conversations: nodes have the visible text, the model and their data; a stored conversation is a tree",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const session = flowith.startConversation({ model: "gpt-4.1-nano" });
      const first = await session.send("One");
      await session.send("Two");
      const { convId } = first;
      await flowith.generate("Another way", { convId, parentId: first.nodeId });
      const nodes = await flowith.conversations.nodes(convId);
      const answer = nodes.find((node) => node.id === first.nodeId);
      assert.deepInclude(answer, { convId, type: "2", text: first.text, model: "gpt-4.1-nano" });
      assert.propertyVal(answer?.data, "mode", "General");
      const tree = await flowith.conversations.tree(convId);
      assert.deepEqual(
        tree.roots.map(({ text }) => text),
        ["One"],
      );
      const branches = tree.roots[0]?.children[0]?.children ?? [];
      assert.deepEqual(
        branches.map(({ text }) => text),
        ["Two", "Another way"],
      );
      assert.deepEqual(
        tree.path(branches[1]?.id ?? "").map(({ text }) => text),
        ["One", first.text, "Another way"],
      );
    },
  },
  {
    id: "conversations: cooperators are named with their role",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const guest = await newClient();
      const row = conversationRow();
      const convId = row.id;
      await insertRows({ control }, user, "conversation", [row]);
      assert.deepEqual(await flowith.conversations.cooperators(convId), []);
      await insertRows({ control }, user, "cooperate", [{ user_id: guest.user.id, conv_id: convId, role: 1 }]);
      const [cooperator] = await guest.flowith.conversations.cooperators(convId);
      assert.deepInclude(cooperator, { userId: guest.user.id, role: 1, userAvatar: "" });
      assert.isString(cooperator?.userName);
      const error = await rejection(flowith.conversations.cooperators(nowhere));
      assert.deepInclude(error, { name: "NotFoundError", status: 404 });
      const single = await newClient({ middleware: [answering("/cooperate/list", { user_id: 7 })] });
      const [one] = await single.flowith.conversations.cooperators(convId);
      assert.deepInclude(one, { userId: "7", role: 2, userName: undefined });
    },
  },
  {
    id: "conversations: cooperations embed the conversation, without what is pinned, deleted or the user's alone",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const guest = await newClient();
      const [plain, pinned, alone, deleted] = [
        conversationRow().id,
        conversationRow().id,
        conversationRow().id,
        conversationRow().id,
      ];
      await insertRows({ control }, user, "conversation", [
        { id: plain, title: "Plain", metadata: { member_count: 2 }, is_delete: false },
        { id: pinned, title: "Pinned", metadata: { member_count: 2 }, is_delete: false },
        { id: alone, title: "Alone", metadata: { member_count: 1 }, is_delete: false },
        { id: deleted, title: "Deleted", metadata: { member_count: 2 }, is_delete: true },
      ]);
      const seat = (convId: string | undefined, top = false): object => ({
        user_id: guest.user.id,
        conv_id: convId,
        top,
      });
      await insertRows({ control }, user, "cooperate", [seat(plain), seat(pinned, true), seat(alone), seat(deleted)]);
      const [only, ...others] = await guest.flowith.conversations.cooperations();
      assert.isEmpty(others);
      assert.deepInclude(only, { convId: plain, userId: guest.user.id, role: 2, isTop: false });
      assert.deepInclude(only?.conversation, { convId: plain, title: "Plain", userId: user.id });
      const all = await guest.flowith.conversations.cooperations({ excludeTop: false });
      assert.sameMembers(
        all.map(({ convId }) => convId),
        [plain, pinned, alone],
      );
      const queries = (await control.journal(guest.user, "GET /rest/v1/cooperate")).map(({ query }) => [
        ...new URLSearchParams(query),
      ]);
      const notDeleted = [
        ["select", "*,conv_id(*)"],
        ["user_id", `eq.${guest.user.id}`],
        ["conv_id", "not.is.null"],
        ["conv_id.is_delete", "not.eq.true"],
      ];
      const notTop = [
        ["top", "not.eq.true"],
        ["conv_id.metadata->>member_count", "not.eq.1"],
      ];
      assert.deepEqual(queries, [[...notDeleted, ...notTop], notDeleted]);
      const wishes = { userId: guest.user.id, convId: pinned, excludeTop: false };
      const [one] = await flowith.conversations.cooperations(wishes);
      assert.deepInclude(one, { convId: pinned, isTop: true });
    },
  },
  {
    id: "conversations: the document, the comments and the plans beside one",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const row = conversationRow();
      const convId = row.id;
      await insertRows({ control }, user, "conversation", [row]);
      assert.isUndefined(await flowith.conversations.novelEditor(convId));
      assert.deepEqual(await flowith.conversations.discussions(convId), []);
      assert.deepEqual(await flowith.conversations.oracleStream(convId), []);
      await insertRows({ control }, user, "conv_novel_editor", [{ conv_id: convId, content: "# Title" }]);
      await insertRows({ control }, user, "discuss", [{ conv_id: convId, content: "I will bring the map." }]);
      await insertRows({ control }, user, "oracle_stream", [{ conv_id: convId, workflow: { steps: [1] } }]);
      assert.deepInclude(await flowith.conversations.novelEditor(convId), { convId, content: "# Title" });
      const [comment] = await flowith.conversations.discussions(convId);
      assert.deepInclude(comment, { convId, userId: user.id, content: "I will bring the map." });
      assert.isString(comment?.discussId);
      const [plan] = await flowith.conversations.oracleStream(convId);
      assert.deepInclude(plan, { requirement: null, isStopped: false, userConfirm: null });
      assert.deepEqual(plan?.workflow, { steps: [1] });
    },
  },
  {
    id: "conversations: wrong ids, limits, titles and options are refused before any request",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const { conversations } = flowith;
      const unknown: object = { limt: 3 };
      const wrong: [RegExp, () => Promise<unknown>][] = [
        [/conversations\.get: convId must be a UUID/, () => conversations.get("my-conversation")],
        [/conversations\.tree: convId/, () => conversations.tree("")],
        [/conversations\.rename: title is empty/, () => conversations.rename(nowhere, " ")],
        [/conversations\.list: option "limit"/, () => conversations.list({ limit: 0 })],
        [/conversations\.list: option "limit"/, () => conversations.list({ limit: 1_001 })],
        [/conversations\.list: option "offset"/, () => conversations.list({ offset: -1 })],
        [/conversations\.list: option "projectId": Expected a UUID/, () => conversations.list({ projectId: "x" })],
        [
          /conversations\.list: there is no option "limt"\. Known options:.* limit, offset/,
          () => conversations.list(unknown),
        ],
        [/conversations\.delete: there is no option/, () => conversations.delete(nowhere, unknown)],
        [/conversations\.cooperations: option "convId"/, () => conversations.cooperations({ convId: "x" })],
      ];
      for (const [message, call] of wrong) {
        const error = await rejection(call());
        assert.propertyVal(error, "name", "InvalidArgumentError");
        assert.match(String(error), message);
      }
      assert.throws(() => conversations.all(unknown), /conversations\.all: there is no option/);
      assert.isEmpty(await control.journal(user));
    },
  },
  {
    id: "conversations: a call carries its own headers, retries and limits, and shows its response",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.fault(user, { type: "status", status: 503, route: "GET /rest/v1/conversation" });
      const statuses: number[] = [];
      await flowith.conversations.list({
        headers: { "x-trace": "abc" },
        onResponse: ({ status }) => void statuses.push(status),
      });
      assert.deepEqual(statuses, [503, 200]);
      const [first] = await control.journal(user, "GET /rest/v1/conversation");
      assert.equal(first?.headers["x-trace"], "abc");
      await control.fault(user, { type: "status", status: 503, route: "GET /rest/v1/conversation" });
      const refused = await rejection(flowith.conversations.list({ maxRetries: 0 }));
      assert.deepInclude(refused, { name: "ServerError", status: 503 });
      await control.fault(user, { type: "silence", route: "GET /rest/v1/conversation" });
      const late = await rejection(flowith.conversations.list({ timeout: { totalMs: 200 } }));
      assert.deepInclude(late, { name: "TimeoutError", phase: "total" });
    },
  },
];
