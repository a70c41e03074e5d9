import { assert } from "chai";
import type { Session } from "flowith-webapi";
import type { ConformanceCase } from "../conformance-case.ts";
import type { TestUser } from "../control.ts";
import { memoryStore } from "../memory-store.ts";
import { rejection } from "../rejection.ts";

function sessionOf(user: TestUser, lifeSeconds = 3600): Session {
  const expiresAtMs = Date.now() + lifeSeconds * 1000;
  return { accessToken: user.token, refreshToken: user.refreshToken, expiresAtMs, userId: user.id };
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
];
