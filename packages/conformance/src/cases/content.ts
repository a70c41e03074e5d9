import { assert } from "chai";
import { answering } from "../answering.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { insertRows } from "../insert-rows.ts";
import { rejection } from "../rejection.ts";

export const contentCases: ConformanceCase[] = [
  {
    id: "content: notices, projects and the version",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const [notice] = await flowith.content.notices();
      assert.equal(notice?.title, "Welcome");
      assert.match(notice?.noticeId ?? "", /^\d+$/);
      assert.isString(notice?.content);
      assert.deepEqual(await flowith.content.projects(), []);
      await insertRows({ control }, user, "flow_project", [
        { title: "Old", updated_at: "2025-01-01T00:00:00Z" },
        { title: "New", updated_at: "2026-01-01T00:00:00Z" },
      ]);
      const projects = await flowith.content.projects();
      assert.deepEqual(
        projects.map(({ title }) => title),
        ["New", "Old"],
      );
      assert.isString(projects[0]?.projectId);
      assert.match((await flowith.content.migration())?.version ?? "", /^\d+$/);
    },
  },
  {
    id: "content: one object is a list of one, and no version is undefined",
    async run({ newClient }) {
      const { flowith } = await newClient({
        middleware: [answering("/rest/v1/public_notice", { id: 1 }), answering("/rest/v1/migration", [])],
      });
      const [notice] = await flowith.content.notices();
      assert.deepInclude(notice, { noticeId: "1", title: undefined });
      assert.isUndefined(await flowith.content.migration());
    },
  },
  {
    id: "content: the daily reward is claimed once",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      assert.propertyVal(await flowith.campaigns.dailyRewards(), "can_claim", true);
      assert.propertyVal(await flowith.campaigns.claimDailyReward(), "success", true);
      assert.propertyVal(await flowith.campaigns.dailyRewards(), "can_claim", false);
      const again = await rejection(flowith.campaigns.claimDailyReward());
      assert.deepInclude(again, { name: "ConflictError", status: 409 });
      const [post] = await control.journal(user, "POST /mkt/daily-rewards/claim");
      assert.equal(post?.body, "{}");
    },
  },
  {
    id: "content: a claim that may have arrived is not sent again",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const route = "POST /mkt/daily-rewards/claim";
      await control.fault(user, { type: "status", status: 503, when: "after", route });
      assert.deepInclude(await rejection(flowith.campaigns.claimDailyReward()), { name: "ServerError" });
      assert.lengthOf(await control.journal(user, route), 1);
      assert.propertyVal(await flowith.campaigns.dailyRewards(), "claimed_today", true);
    },
  },
  {
    id: "content: the other calls of campaigns and community answer with the service's own objects",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const { campaigns, community } = flowith;
      assert.propertyVal(await campaigns.check("gpt-image-1"), "model_id", "gpt-image-1");
      assert.property(await campaigns.banana(), "eligible");
      assert.match(await community.discordInvite(), /^https:/);
      assert.property(await community.changelogStatus(), "enabled");
      assert.property(await community.newVersionAccess(), "access");
      assert.propertyVal(await community.enterpriseDashboard(), "user_id", user.id);
      const [check] = await control.journal(user, "GET /user/campaigns/effective-status");
      assert.equal(check?.query, "?model_id=gpt-image-1");
    },
  },
  {
    id: "content: of campaigns and community, what is no object, and a link that is missing, is a ResponseShapeError",
    async run({ newClient }) {
      const { flowith } = await newClient({
        middleware: [answering("/mkt/banana-2025/check", [1]), answering("/discord/invite-link", {})],
      });
      assert.propertyVal(await rejection(flowith.campaigns.banana()), "name", "ResponseShapeError");
      assert.propertyVal(await rejection(flowith.community.discordInvite()), "name", "ResponseShapeError");
    },
  },
  {
    id: "content: wrong arguments for content, campaigns and community are refused before any request",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const unknown: object = { colour: "red" };
      const calls = [
        flowith.content.notices(unknown),
        flowith.content.projects(unknown),
        flowith.content.migration(unknown),
        flowith.campaigns.dailyRewards(unknown),
        flowith.campaigns.claimDailyReward(unknown),
        flowith.campaigns.check(""),
        flowith.campaigns.banana(unknown),
        flowith.community.discordInvite(unknown),
        flowith.community.changelogStatus(unknown),
        flowith.community.newVersionAccess(unknown),
        flowith.community.enterpriseDashboard(unknown),
      ];
      for (const call of calls) assert.propertyVal(await rejection(call), "name", "InvalidArgumentError");
      assert.isEmpty(await control.journal(user));
    },
  },
  {
    id: "requests: any path of the edge is reached with authorization, query, retries and errors",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.fault(user, { type: "status", status: 503, route: "GET /templates" });
      const answer = await flowith.request("GET", "/templates", { query: { page_size: 1, type: undefined } });
      assert.property(answer, "data");
      const entries = await control.journal(user, "GET /templates");
      assert.deepEqual(
        entries.map(({ query, status }) => [query, status]),
        [
          ["?page_size=1", 503],
          ["?page_size=1", 200],
        ],
      );
      const missing = await rejection(flowith.request("GET", "/user/campaigns/effective-status"));
      assert.propertyVal(missing, "name", "ValidationError");
    },
  },
  {
    id: "requests: objects go as JSON and texts as they are, and only what says so is parsed as JSON",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await flowith.request("POST", "/mkt/daily-rewards/claim", { body: {} });
      const messages = [{ role: "user", content: "How do tides work?" }];
      const body = JSON.stringify({ messages });
      const title = await flowith.request("POST", "/completion/conversation-title", { body });
      assert.isString(title);
      const [claim] = await control.journal(user, "POST /mkt/daily-rewards/claim");
      assert.deepInclude(claim, { body: "{}" });
      assert.match(claim?.headers["content-type"] ?? "", /^application\/json/);
      const [post] = await control.journal(user, "POST /completion/conversation-title");
      assert.deepInclude(post, { body });
      assert.match(post?.headers["content-type"] ?? "", /^text\/plain/);
      const form = new FormData();
      form.set("file", new Blob(["x"]), "x.txt");
      assert.property(await flowith.request("POST", "/file/store", { body: form }), "url");
    },
  },
  {
    id: "requests: a path leads nowhere but to the edge, and wrong arguments are refused before any request",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const unknown: object = { colour: "red" };
      const withToken = { headers: { authorization: "mine" } };
      const calls = [
        flowith.request("GET", "https://example.com/"),
        flowith.request("GET", "@example.com/"),
        flowith.request("GET", ""),
        flowith.request("CONNECT", "/"),
        flowith.request("GET", "/models", { body: {} }),
        flowith.request("GET", "/models", unknown),
        flowith.request("GET", "/models", withToken),
      ];
      for (const call of calls) assert.propertyVal(await rejection(call), "name", "InvalidArgumentError");
      assert.isEmpty(await control.journal(user));
    },
  },
];
