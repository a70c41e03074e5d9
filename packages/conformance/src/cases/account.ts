import { assert } from "chai";
import { answering } from "../answering.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { insertRows } from "../insert-rows.ts";
import { rejection } from "../rejection.ts";

const DAY_MS = 86_400_000;

export const accountCases: ConformanceCase[] = [
  {
    id: "account: credits are grants, and the balance is their sum",
    async run({ newClient }) {
      const { flowith } = await newClient();
      await flowith.campaigns.claimDailyReward();
      const credits = await flowith.account.credits();
      assert.sameMembers(
        credits.map(({ subType }) => subType),
        ["pro", "daily_reward"],
      );
      assert.deepEqual(await flowith.account.balance(), {
        remainQuota: 20_100,
        mainPlan: "pro",
        expiresAt: credits.find(({ subType }) => subType === "pro")?.toDate ?? "",
        allowedModelTiers: ["free", "pro"],
        credits,
      });
      assert.equal(await flowith.account.creditType(), "pro");
    },
  },
  {
    id: "account: one grant is a list of one, numbers may come as text, and null is not absent",
    async run({ newClient }) {
      const grant = { remain_quota: "12.5", init_quota: null, sub_type: null, extra: { a: 1 } };
      const { flowith } = await newClient({ middleware: [answering("/user/credits", grant)] });
      const credits = await flowith.account.credits();
      assert.lengthOf(credits, 1);
      assert.deepInclude(credits[0], { remainQuota: 12.5, initQuota: null, subType: null, toDate: undefined });
      assert.deepEqual(credits[0]?.raw, grant);
      const balance = await flowith.account.balance();
      assert.deepInclude(balance, { remainQuota: 12.5, mainPlan: undefined, expiresAt: undefined });
      const none = await newClient({ middleware: [answering("/user/credits", [])] });
      assert.deepInclude(await none.flowith.account.balance(), { remainQuota: 0, mainPlan: undefined });
    },
  },
  {
    id: "account: a quota that is no number is a ResponseShapeError, as is an answer that is no JSON",
    async run({ newClient }) {
      for (const answer of [[{ remain_quota: "plenty" }], ["plenty"], "<html></html>"]) {
        const { flowith } = await newClient({ middleware: [answering("/user/credits", answer)] });
        const error = await rejection(flowith.account.balance());
        assert.propertyVal(error, "name", "ResponseShapeError");
        assert.match(String(error), /GET \/user\/credits/);
      }
    },
  },
  {
    id: "account: the kind of credits may come as an object, a text, or not at all",
    async run({ newClient }) {
      for (const [answer, kind] of [
        [{ credit_type: "trial" }, "trial"],
        ['"pro"', "pro"],
        [{ credit_type: null }, undefined],
        [{}, undefined],
      ]) {
        const { flowith } = await newClient({ middleware: [answering("/user/credit_type", answer)] });
        assert.equal(await flowith.account.creditType(), kind);
      }
    },
  },
  {
    id: "account: the profile is read and changed, and another user's is not there",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const other = await newClient();
      assert.deepInclude(await flowith.account.profile(), { userId: user.id, language: "en" });
      const changed = await flowith.account.updateProfile({ language: "pl", nickname: "Ada", settings: undefined });
      assert.deepInclude(changed, { userId: user.id, language: "pl" });
      assert.deepInclude(changed.raw, { nickname: "Ada", settings: {} });
      assert.equal((await flowith.account.profile(user.id)).language, "pl");
      const [patch, ...more] = await control.journal(user, "PATCH /rest/v1/user_profile");
      assert.isEmpty(more);
      assert.equal(patch?.body, '{"language":"pl","nickname":"Ada"}');
      assert.equal((await flowith.account.updateProfile({})).language, "pl");
      const missing = await rejection(flowith.account.profile(other.user.id));
      assert.deepInclude(missing, { name: "NotFoundError", status: 404 });
      const column = await rejection(flowith.account.updateProfile({ shoe_size: 42 }));
      assert.deepInclude(column, { name: "APIError", status: 400 });
    },
  },
  {
    id: "account: stored files are listed, newest first",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const file = await flowith.uploadFile(new Blob(["x"]), { filename: "a.txt" });
      const record = { name: "b.pdf", type: "pdf", value: "https://files.example/b.pdf" };
      await insertRows({ control }, user, "user_upload_records", [{ ...record, created_at: "2030-01-01T00:00:00Z" }]);
      const uploads = await flowith.account.uploads();
      assert.deepEqual(
        uploads.map(({ name, value, fileType }) => ({ name, value, fileType })),
        [
          { name: "b.pdf", value: "https://files.example/b.pdf", fileType: "pdf" },
          { name: "a.txt", value: file.url, fileType: "txt" },
        ],
      );
      assert.deepInclude(uploads[0], { userId: user.id, convId: null });
      assert.match(uploads[0]?.recordId ?? "", /^\d+$/);
      const second = await flowith.account.uploads({ limit: 1, offset: 1 });
      assert.equal(second[0]?.name, "a.txt");
    },
  },
  {
    id: "account: allUploads() gives each file once, over pages in which all share a time",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const rows = Array.from({ length: 210 }, (_, index) => ({
        value: `https://files.example/${index}`,
        created_at: "2026-01-01T00:00:00.123456Z",
      }));
      await insertRows({ control }, user, "user_upload_records", rows);
      const seen: (string | null | undefined)[] = [];
      for await (const { value } of flowith.account.allUploads()) seen.push(value);
      assert.lengthOf(seen, 210);
      assert.sameMembers(
        seen,
        rows.map(({ value }) => value),
      );
      assert.lengthOf(await control.journal(user, "GET /rest/v1/user_upload_records"), 3);
    },
  },
  {
    id: "account: subscriptions are those that are valid at a time",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const [current] = await flowith.account.subscriptions();
      assert.deepInclude(current, { months: 1, remainQuota: 20_000, subscriptionType: { id: "pro", quota: 20_000 } });
      assert.isString(current?.recordId);
      const later = new Date(Date.now() + 400 * DAY_MS);
      assert.isEmpty(await flowith.account.subscriptions({ at: later }));
      assert.isEmpty(await flowith.account.subscriptions({ at: "2020-01-01T00:00:00+02:00" }));
      const [, , last] = await control.journal(user, "GET /rest/v1/subscription_user_own");
      const query = new URLSearchParams(last?.query);
      assert.equal(query.get("from_date"), "lt.2019-12-31T22:00:00.000Z");
      assert.equal(query.get("to_date"), "gt.2019-12-31T22:00:00.000Z");
    },
  },
  {
    id: "account: wrong ids, limits, dates and options are refused before any request",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const { account } = flowith;
      const unknown: object = { limt: 3 };
      const noFields: object = ["language"];
      const wrong: [RegExp, () => Promise<unknown>][] = [
        [/account\.profile: userId must be a UUID/, () => account.profile("me")],
        [/account\.updateProfile: fields/, () => account.updateProfile(Object(noFields))],
        [/account\.uploads: option "limit"/, () => account.uploads({ limit: 1.5 })],
        [/account\.uploads: there is no option "limt"/, () => account.uploads(unknown)],
        [/account\.credits: there is no option "limt"/, () => account.credits(unknown)],
        [
          /account\.subscriptions: option "at": Expected a Date or a time in ISO 8601/,
          () => account.subscriptions({ at: "tomorrow 1" }),
        ],
        [
          /account\.subscriptions: option "at": Expected a Date or a time in ISO 8601/,
          () => account.subscriptions({ at: "2026-13-01" }),
        ],
        [
          /account\.subscriptions: option "at": Expected a Date or a time in ISO 8601/,
          () => account.subscriptions({ at: "2026-02-30" }),
        ],
        [
          /account\.subscriptions: option "at": Expected a Date or a time in ISO 8601/,
          () => account.subscriptions({ at: new Date(Number.NaN) }),
        ],
      ];
      for (const [message, call] of wrong) {
        const error = await rejection(call());
        assert.propertyVal(error, "name", "InvalidArgumentError");
        assert.match(String(error), message);
      }
      assert.throws(() => account.allUploads(unknown), /account\.allUploads/);
      assert.isEmpty(await control.journal(user));
    },
  },
  {
    id: "account: without a token every call is an AuthenticationError, and a refused one names the request",
    async run({ createClient, control }) {
      const stranger = createClient({});
      const { account } = stranger;
      for (const call of [() => account.credits(), () => account.profile(), () => account.subscriptions()]) {
        assert.propertyVal(await rejection(call()), "name", "AuthenticationError");
      }
      const user = await control.newUser();
      const flowith = createClient({ token: user.token });
      await control.fault(user, { type: "status", status: 401, route: "GET /user/credits" });
      const error = await rejection(flowith.account.credits());
      assert.deepInclude(error, { name: "AuthenticationError", status: 401 });
      assert.match(String(error), /GET \/user\/credits answered 401/);
    },
  },
];
