import { assert } from "chai";
import { ClientPool, Flowith, type FlowithClient, prefixedKeyValueStore, RequestBudget } from "flowith-webapi";
import type { ConformanceCase } from "../conformance-case.ts";
import { memoryKeyValueStore } from "../memory-store.ts";
import { consent } from "../oauth-consent.ts";
import { rejection } from "../rejection.ts";

/** Resolves when nothing is under way any more. */
async function idle(flowith: FlowithClient): Promise<void> {
  while (flowith.isBusy) await new Promise((resolve) => setTimeout(resolve, 10));
}

export const manyUserCases: ConformanceCase[] = [
  {
    id: "users: the requests of all clients of a pool count together",
    async run({ control, createClient }) {
      let underWay = 0;
      let most = 0;
      const counted = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
        most = Math.max(most, ++underWay);
        try {
          return await fetch(input, init);
        } finally {
          underWay--;
        }
      };
      const users = await Promise.all(["a", "b", "c"].map(() => control.newUser()));
      const pool = new ClientPool({
        maxRequests: 2,
        create(id) {
          const token = users.find((user) => user.id === id)?.token;
          return createClient({ token, fetch: counted });
        },
      });
      const asked = users.map(async ({ id }) => {
        const flowith = await pool.get(id);
        return Promise.all([1, 2, 3, 4].map(() => flowith.account.credits()));
      });
      await Promise.all(asked);
      assert.equal(most, 2);
      for (const user of users) assert.lengthOf(await control.journal(user), 4);
    },
  },
  {
    id: "users: a client that is at work is not closed under its job, and let go when it has ended",
    async run({ control, createClient }) {
      const users = await Promise.all(["alice", "bob", "carol"].map(() => control.newUser()));
      const [alice = "", bob = "", carol = ""] = users.map(({ id }) => id);
      const pool = new ClientPool({
        max: 1,
        create: (id) => {
          const { token, refreshToken } = users.find((user) => user.id === id) ?? {};
          return createClient({ token, refreshToken, events: { lingerMs: 0 } });
        },
      });
      const hers = await pool.get(alice);
      assert.isFalse(hers.isBusy);
      const answer = hers.generate("What is the capital of Poland?");
      assert.isTrue(hers.isBusy);
      await pool.get(bob);
      assert.equal(pool.size, 2);
      assert.strictEqual(await pool.get(alice), hers);
      assert.include((await answer).text, "Warsaw");
      await idle(hers);
      await pool.get(carol);
      assert.equal(pool.size, 1);
      assert.notStrictEqual(await pool.get(alice), hers);
    },
  },
  {
    id: "users: a client is at work for as long as many texts of it are read, also between two of them",
    async run({ newClient }) {
      const { flowith } = await newClient({ events: { lingerMs: 0 } });
      if (!(flowith instanceof Flowith)) throw new Error("The runner gave no Flowith.");
      const closed = new Promise<void>((resolve) => {
        flowith.events.onConnection(({ state }) => {
          if (state === "closed") resolve();
        });
      });
      // The second waits for a minute to be over.
      for await (const _ of flowith.generateMany(["Name a city.", "Name a river."], { perMinute: 1 })) {
        await closed;
        assert.isTrue(flowith.isBusy);
        break;
      }
      await idle(flowith);
    },
  },
  {
    id: "users: a pool that is closed ends what its clients have under way",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const pool = new ClientPool({ create: () => flowith });
      const answer = rejection((await pool.get("alice")).generate("Write a novel."));
      pool.close();
      assert.propertyVal(await answer, "name", "AbortError");
      assert.equal(pool.size, 0);
    },
  },
  {
    id: "users: what is no budget is refused",
    async run({ newClient }) {
      const { flowith } = await newClient();
      flowith.shareRequests(new RequestBudget(1));
      await Promise.all([flowith.account.credits(), flowith.account.credits()]);
      const share = (): void => Reflect.apply(flowith.shareRequests, flowith, [32]);
      assert.throws(share, /expected a RequestBudget/);
      for (const most of [0, 1.5, Number.NaN]) assert.throws(() => new RequestBudget(most), /whole number above 0/);
    },
  },
  {
    id: "users: two sign-ins by redirect at once, out of one store, end as the two who began them",
    async run({ control, createClient }) {
      const verifiers = memoryKeyValueStore();
      const redirectTo = `${(await control.addresses()).edgeUrl}/__emulator/status`;
      const users = await Promise.all(["alice", "bob"].map(() => control.newUser()));
      const visits = users.map((user) => ({
        user,
        auth: createClient({ verifierStore: prefixedKeyValueStore(verifiers, user.id) }).auth,
      }));
      const urls: string[] = [];
      for (const { auth } of visits) urls.push((await auth.signInWithOAuth({ redirectTo })).url);
      assert.equal(verifiers.values.size, 2);
      for (const [index, { user, auth }] of visits.entries()) {
        const landing = new URL(await consent(urls[index] ?? "", { code: user.email }));
        const session = await auth.exchangeCode(landing.searchParams.get("code") ?? "");
        assert.equal(session.userId, user.id);
      }
      assert.equal(verifiers.values.size, 0);
    },
  },
];
