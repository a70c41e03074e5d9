import { assert } from "chai";
import type { FlowithClientOptions, Session } from "flowith-webapi";
import type { ConformanceCase } from "../conformance-case.ts";
import type { Control, TestUser } from "../control.ts";
import { memoryStore } from "../memory-store.ts";
import { rejection } from "../rejection.ts";

const password = "correct horse battery";

function sessionOf(user: TestUser, lifeSeconds = 3600): Session {
  const expiresAtMs = Date.now() + lifeSeconds * 1000;
  return { accessToken: user.token, refreshToken: user.refreshToken, expiresAtMs, userId: user.id };
}

/** What was asked of the service in this user's name. */
async function pathsOf(control: Control, user: TestUser): Promise<string[]> {
  return (await control.journal(user)).map(({ path }) => path);
}

/** A given token, and a store that somebody has used before. */
export const sessionUserCases: ConformanceCase[] = [
  {
    id: "auth: a token of another user than the store's is the one that acts, and takes its place at the first use",
    async run({ control, createClient }) {
      const alice = await control.newUser();
      const bob = await control.newUser({ expiresInSeconds: 1800 });
      const store = memoryStore(sessionOf(alice));
      const flowith = createClient({ token: bob.token, refreshToken: bob.refreshToken, store });
      assert.equal(store.held?.userId, alice.id, "nothing is written before the first use");
      await flowith.generate("Hello");
      assert.equal((await flowith.auth.user()).id, bob.id);
      assert.isEmpty(await control.journal(alice), "alice has neither acted nor spent");
      assert.deepInclude(store.held, { userId: bob.id, accessToken: bob.token, refreshToken: bob.refreshToken });
      assert.equal((await createClient({ store }).auth.user()).id, bob.id);
    },
  },
  {
    id: "auth: a token of another user that has expired is refreshed, and the store's is not used in its place",
    async run({ control, createClient }) {
      const alice = await control.newUser();
      const bob = await control.newUser({ expiresInSeconds: -60 });
      const store = memoryStore(sessionOf(alice));
      const flowith = createClient({ token: bob.token, refreshToken: bob.refreshToken, store });
      assert.equal((await flowith.auth.user()).id, bob.id);
      assert.equal(store.held?.userId, bob.id);
      assert.isEmpty(await control.journal(alice));
    },
  },
  {
    id: "auth: a token of another user that is of no use any more takes nobody's place in the store",
    async run({ control, createClient }) {
      const alice = await control.newUser();
      const bob = await control.newUser({ expiresInSeconds: -60 });
      const store = memoryStore(sessionOf(alice));
      const error = await rejection(createClient({ token: bob.token, store }).generate("Hello"));
      assert.propertyVal(error, "name", "AuthenticationError");
      assert.deepInclude(store.held, { userId: alice.id, refreshToken: alice.refreshToken });
      assert.isEmpty(await control.journal(alice));
    },
  },
  {
    id: "auth: of one user's token and stored session the one that expires later is used",
    async run({ control, createClient }) {
      const user = await control.newUser({ expiresInSeconds: -60 });
      const fresh = createClient({ token: user.token, refreshToken: user.refreshToken });
      const stored = await fresh.auth.refresh();
      const store = memoryStore(stored);
      const flowith = createClient({ token: user.token, refreshToken: user.refreshToken, store });
      await flowith.generate("Hello");
      assert.equal((await flowith.auth.session())?.accessToken, stored.accessToken);
      assert.lengthOf(await control.journal(user, "POST /auth/v1/token"), 1);
    },
  },
  {
    id: "auth: a refresh token alone names nobody, so the stored session is used unless userId says otherwise",
    async run({ control, createClient }) {
      const alice = await control.newUser();
      const bob = await control.newUser();
      const store = memoryStore(sessionOf(alice));
      const unnamed = createClient({ refreshToken: bob.refreshToken, store });
      assert.equal((await unnamed.auth.user()).id, alice.id);
      assert.isEmpty(await control.journal(bob));
      const named = createClient({ refreshToken: bob.refreshToken, userId: bob.id, store });
      assert.equal((await named.auth.user()).id, bob.id);
      assert.equal(store.held?.userId, bob.id);
    },
  },
  {
    id: "auth: a stored session of another user than userId says is not used",
    async run({ control, createClient }) {
      const alice = await control.newUser();
      const bob = await control.newUser();
      const store = memoryStore(sessionOf(alice));
      const error = await rejection(createClient({ userId: bob.id, store }).generate("Hello"));
      assert.propertyVal(error, "name", "AuthenticationError");
      assert.isEmpty(await control.journal(alice));
      assert.equal(store.held?.userId, alice.id);
    },
  },
  {
    id: "auth: a logout clears the store only where it holds the same user's session",
    async run({ control, createClient }) {
      const alice = await control.newUser();
      const bob = await control.newUser({ expiresInSeconds: -60 });
      const hers = sessionOf(alice);
      const store = memoryStore(hers);
      const mismatched = { token: alice.token, userId: bob.id };
      await createClient({ token: bob.token, store }).auth.logout();
      await createClient({ token: "none", store }).auth.logout();
      await createClient({ userId: bob.id, store }).auth.logout();
      await rejection(createClient({ ...mismatched, store }).auth.logout({ scope: "local" }));
      assert.deepEqual(store.held, hers);
      assert.isEmpty(await control.journal(alice));
      await createClient({ userId: alice.id.toUpperCase(), store }).auth.logout();
      assert.isNull(store.held);
    },
  },
  {
    id: "auth: a logout after another user has taken the store signs out here, and takes nothing from either",
    async run({ control, createClient }) {
      const alice = await control.newUser();
      const bob = await control.newUser({ password });
      const store = memoryStore();
      const hers = createClient({ token: alice.token, refreshToken: alice.refreshToken, store });
      assert.equal((await hers.auth.user()).id, alice.id);
      const his = await createClient({ store }).auth.signInWithPassword({ email: bob.email, password });
      await hers.auth.logout();
      assert.deepEqual(store.held, his);
      assert.isNull(await hers.auth.session());
      assert.propertyVal(await rejection(hers.generate("Hello")), "name", "AuthenticationError");
      assert.lengthOf(await control.journal(bob), 1, "bob has signed in, and nobody has acted as him");
      assert.equal((await createClient({ store }).auth.user()).id, bob.id);
    },
  },
  {
    id: "auth: who signs in while a logout is under way stays signed in",
    async run({ control, createClient }) {
      const alice = await control.newUser();
      const bob = await control.newUser({ password });
      const store = memoryStore(sessionOf(alice));
      const flowith = createClient({
        store,
        middleware: [
          async (request, next) => {
            const response = await next(request);
            if (new URL(request.url).pathname === "/auth/v1/logout") {
              await flowith.auth.signInWithPassword({ email: bob.email, password });
            }
            return response;
          },
        ],
      });
      await flowith.auth.logout();
      assert.lengthOf(await control.journal(alice, "POST /auth/v1/logout"), 1);
      assert.equal((await flowith.auth.user()).id, bob.id);
      assert.propertyVal(store.held, "userId", bob.id);
    },
  },
  {
    id: "auth: a logout clears a store that holds no session at all",
    async run({ control, createClient }) {
      const user = await control.newUser();
      const store = memoryStore();
      Object.assign(store, { held: { note: "no session" } });
      await createClient({ token: user.token, store }).auth.logout();
      assert.isNull(store.held);
    },
  },
  {
    id: "auth: a refresh token of another user than the token is not gone on with after a 401",
    async run({ control, createClient }) {
      const alice = await control.newUser();
      const bob = await control.newUser();
      const store = memoryStore();
      const flowith = createClient({ token: bob.token, refreshToken: alice.refreshToken, store });
      await control.fault(bob, { type: "status", status: 401, route: "POST /completion/async", count: 2 });
      for (let round = 0; round < 2; round++) {
        const error = await rejection(flowith.generate("Hello"));
        assert.propertyVal(error, "name", "AuthenticationError");
        assert.match(String(error), /refresh token is of another user/);
        assert.notInclude(String(error) + JSON.stringify(error), alice.refreshToken);
      }
      assert.deepEqual(await pathsOf(control, alice), ["/auth/v1/token"], "once, and nothing else as alice");
      assert.isNull(store.held);
      assert.equal((await flowith.auth.user()).id, bob.id);
    },
  },
  {
    id: "auth: a refresh token of another user than the expired token, userId or the store's session is refused",
    async run({ control, createClient }) {
      const bob = await control.newUser({ expiresInSeconds: -60 });
      const mixtures: ((refreshToken: string) => FlowithClientOptions)[] = [
        (refreshToken) => ({ token: bob.token, refreshToken }),
        (refreshToken) => ({ refreshToken, userId: bob.id }),
        (refreshToken) => ({ store: memoryStore({ ...sessionOf(bob, -60), refreshToken }) }),
      ];
      for (const mixture of mixtures) {
        const alice = await control.newUser();
        const store = memoryStore();
        const flowith = createClient({ store, ...mixture(alice.refreshToken) });
        const error = await rejection(flowith.generate("Hello"));
        assert.propertyVal(error, "name", "AuthenticationError");
        assert.match(String(error), /refresh token is of another user/);
        assert.deepEqual(await pathsOf(control, alice), ["/auth/v1/token"]);
        assert.isNull(await flowith.auth.session(), "bob's is over");
        assert.equal(store.saves, 0);
      }
      assert.isEmpty(await control.journal(bob));
    },
  },
  {
    id: "auth: a userId that is not the token's user is refused at the first call, before a request",
    async run({ control, createClient }) {
      const alice = await control.newUser();
      const bob = await control.newUser();
      const stored = sessionOf(bob);
      const store = memoryStore(stored);
      const make = () => createClient({ token: bob.token, refreshToken: bob.refreshToken, userId: alice.id, store });
      const calls = [
        make().generate("Hello"),
        make().conversations.list(),
        make().models.list(),
        make().auth.session(),
        make().auth.logout(),
      ];
      for (const call of calls) {
        const error = await rejection(call);
        assert.propertyVal(error, "name", "InvalidArgumentError");
        assert.match(String(error), /"token".*"userId"/);
        assert.notInclude(String(error) + JSON.stringify(error), bob.token);
      }
      assert.isEmpty([...(await control.journal(alice)), ...(await control.journal(bob))]);
      assert.deepEqual(store.held, stored);
    },
  },
  {
    id: "auth: a userId in capitals is the same user",
    async run({ control, createClient }) {
      const { id, token, refreshToken } = await control.newUser();
      const userId = id.toUpperCase();
      const named = createClient({ token, userId });
      const job = await named.submitText("Hello");
      assert.equal(job.handle.userId, id);
      await named.resume(job.toJSON()).wait();
      const renewed = createClient({ refreshToken, userId });
      await renewed.resume(job.toJSON()).wait();
      assert.equal((await renewed.auth.session())?.userId, id);
    },
  },
  {
    id: "auth: a stored session is the user's whom its token names, whatever stands beside it",
    async run({ control, createClient }) {
      const alice = await control.newUser();
      const bob = await control.newUser({ expiresInSeconds: 1800 });
      for (const userId of ["", bob.id]) {
        const held = { ...sessionOf(alice), userId };
        const error = await rejection(createClient({ userId: bob.id, store: memoryStore(held) }).generate("Hello"));
        assert.propertyVal(error, "name", "AuthenticationError");
        const store = memoryStore(held);
        const flowith = createClient({ token: bob.token, refreshToken: bob.refreshToken, store });
        assert.equal((await flowith.auth.user()).id, bob.id);
        assert.propertyVal(store.held, "userId", bob.id);
      }
      assert.isEmpty(await control.journal(alice));
      const held = { ...sessionOf(alice), userId: alice.id.toUpperCase() };
      const flowith = createClient({ userId: alice.id, store: memoryStore(held) });
      assert.equal((await flowith.auth.session())?.userId, alice.id);
    },
  },
  {
    id: "auth: a refresh leaves another user's session in the store, and its own in memory",
    async run({ control, createClient }) {
      const alice = await control.newUser();
      const bob = await control.newUser({ password });
      const store = memoryStore();
      const hers = createClient({ token: alice.token, refreshToken: alice.refreshToken, store });
      assert.equal((await hers.auth.user()).id, alice.id);
      const his = createClient({ store });
      const first = await his.auth.signInWithPassword({ email: bob.email, password });
      const renewed = await hers.auth.refresh();
      assert.deepEqual(store.held, first);
      assert.equal((await hers.auth.session())?.accessToken, renewed.accessToken);
      await his.auth.logout();
      assert.equal((await hers.auth.refresh()).userId, alice.id, "his logout is not hers");
      assert.propertyVal(store.held, "userId", alice.id, "and the store is free");
    },
  },
  {
    id: "auth: who takes another user's place in the store at the first use goes on keeping the session there",
    async run({ control, createClient }) {
      for (const isTokenGiven of [true, false]) {
        const alice = await control.newUser();
        const { id: userId, token, refreshToken } = await control.newUser();
        const given = isTokenGiven ? { token, refreshToken } : { refreshToken, userId };
        const store = memoryStore(sessionOf(alice));
        const hers = createClient({ store });
        assert.equal((await hers.auth.session())?.userId, alice.id);
        const his = createClient({ ...given, store });
        for (let round = 0; round < 2; round++) assert.deepEqual(await his.auth.refresh(), store.held);
        await hers.auth.refresh();
        assert.propertyVal(store.held, "userId", userId);
      }
    },
  },
];
