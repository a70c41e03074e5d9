import { assert } from "chai";
import type { CaseContext, ConformanceCase } from "../conformance-case.ts";
import type { TestUser } from "../control.ts";
import { rejection } from "../rejection.ts";

const CONVERSATION = "POST /rest/v1/conversation";
const NODES = "POST /rest/v1/flow_node";
const CHANGE = "PATCH /rest/v1/conversation";
const PROFILE = "PATCH /rest/v1/user_profile";
const RPC = "POST /rest/v1/rpc";

async function statuses({ control }: CaseContext, user: TestUser, route: string): Promise<(number | null)[]> {
  return (await control.journal(user, route)).map(({ status }) => status);
}

/** What is sent again by itself, beside reads: what does no harm twice. */
export const repeatedWriteCases: ConformanceCase[] = [
  {
    id: "requests: a write that does no harm twice is repeated after a 503",
    async run(context) {
      const { flowith, user } = await context.newClient();
      const routes = [CONVERSATION, NODES, CHANGE, PROFILE];
      const procedures = ["upsert_online_session", "remove_online_session", "get_online_count"];
      const all = [...routes, ...procedures.map((name) => `${RPC}/${name}`)];
      for (const route of all) await context.control.fault(user, { type: "status", status: 503, route });
      const { convId } = await flowith.generate("Hello");
      await flowith.conversations.rename(convId, "A week in Kyoto");
      await context.control.fault(user, { type: "status", status: 503, when: "after", route: CHANGE });
      await flowith.conversations.delete(convId);
      await flowith.account.updateProfile({ language: "pl" });
      await flowith.presence.upsert({ sessionId: "a session" });
      await flowith.presence.count();
      await flowith.presence.remove("a session");
      for (const route of all) {
        const [first, second] = await statuses(context, user, route);
        assert.equal(first, 503, route);
        assert.isBelow(second ?? 999, 300, route);
      }
      assert.isTrue((await flowith.conversations.get(convId)).isDeleted);
      assert.lengthOf(await flowith.conversations.nodes(convId), 2);
    },
  },
  {
    id: "jobs: nodes whose insert had arrived when its answer was lost are there once, and the job goes on",
    async run(context) {
      const { flowith, user } = await context.newClient();
      await context.control.fault(user, { type: "status", status: 502, when: "after", route: NODES });
      const { convId, text } = await flowith.generate("What is the capital of Poland?");
      assert.include(text, "Warsaw");
      assert.deepEqual(await statuses(context, user, NODES), [502, 409]);
      assert.lengthOf(await flowith.conversations.nodes(convId), 2);
      assert.lengthOf(await context.control.journal(user, "POST /completion/async"), 1);
    },
  },
  {
    id: "jobs: a conversation whose answer was lost is made once more, and all else happens once",
    async run(context) {
      const { flowith, user } = await context.newClient();
      await context.control.fault(user, { type: "status", status: 502, when: "after", route: CONVERSATION });
      const { convId } = await flowith.generate("Hello");
      assert.lengthOf(await flowith.conversations.nodes(convId), 2);
      assert.lengthOf(await flowith.conversations.list(), 2);
      assert.lengthOf(await context.control.journal(user, NODES), 1);
    },
  },
  {
    id: "auth: a logout whose answer was lost is repeated, and what it ended is over",
    async run(context) {
      const { flowith, user } = await context.newClient();
      await context.control.fault(user, { type: "status", status: 502, when: "after", route: "POST /auth/v1/logout" });
      await flowith.auth.logout();
      assert.isNull(await flowith.auth.session());
    },
  },
  {
    id: "requests: a write that may cost something is sent once where nobody knows what became of it",
    async run(context) {
      const { flowith, user } = await context.newClient();
      const calls: [string, () => Promise<unknown>][] = [
        ["POST /mkt/daily-rewards/claim", () => flowith.campaigns.claimDailyReward()],
        ["POST /completion/conversation-title", () => flowith.generateTitle("Tides")],
        ["POST /file/store", () => flowith.uploadFile(new Blob(["text"]))],
        ["POST /user/x", () => flowith.request("POST", "/user/x", { body: {} })],
        ["POST /completion", () => flowith.generateStream("Hello", { direct: true }).output],
      ];
      for (const [route, call] of calls) {
        await context.control.fault(user, { type: "status", status: 503, route, isUnknownRoute: true });
        assert.deepInclude(await rejection(call()), { name: "ServerError", status: 503 }, route);
        assert.deepEqual(await statuses(context, user, route), [503], route);
      }
    },
  },
];
