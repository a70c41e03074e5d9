import { assert } from "chai";
import type { FlowithClient, Session, SessionStore } from "flowith-webapi";
import type { ConformanceCase } from "../conformance-case.ts";
import { memoryStore } from "../memory-store.ts";
import { rejection } from "../rejection.ts";

/** A store that tells its other clients of a change, as the storage of a browser does its other tabs. */
function sharedStore(): { held: () => Session | null; client: () => SessionStore } {
  const listeners = new Set<{ store: SessionStore; listener: () => void }>();
  const memory = memoryStore();
  return {
    held: () => memory.held,
    client() {
      const tellOthers = (): void => {
        for (const { store: other, listener } of listeners) if (other !== store) listener();
      };
      const store: SessionStore = {
        load: () => memory.load(),
        save: async (session) => {
          await memory.save(session);
          tellOthers();
        },
        clear: async () => {
          await memory.clear();
          tellOthers();
        },
        subscribe(listener) {
          const entry = { store, listener };
          listeners.add(entry);
          return () => void listeners.delete(entry);
        },
      };
      return store;
    },
  };
}

/** What the client is told, and a wait for the next of it. */
function changesOf(flowith: FlowithClient): { told: string[]; next(count: number): Promise<void> } {
  const told: string[] = [];
  let check = (): void => undefined;
  flowith.auth.onChange(({ type, session }) => {
    told.push(`${type} ${session?.userId ?? "nobody"}`);
    check();
  });
  return {
    told,
    next: (count) =>
      new Promise((resolve) => {
        check = () => void (told.length >= count && resolve());
        check();
      }),
  };
}

/** What becomes of a session that this client has not changed itself. */
export const sessionChangeCases: ConformanceCase[] = [
  {
    id: "auth: a sign-out, and a sign-in after it, by another client of the store is told here, and in force",
    async run({ control, createClient }) {
      const password = "correct horse battery";
      const user = await control.newUser({ password });
      const { client, held } = sharedStore();
      const here = createClient({ token: user.token, refreshToken: user.refreshToken, store: client() });
      await here.auth.refresh();
      const there = createClient({ store: client() });
      const { told, next } = changesOf(here);
      await there.auth.logout({ scope: "local" });
      await next(1);
      assert.isNull(held());
      assert.isNull(await here.auth.session());
      const error = await rejection(here.generate("Hello"));
      assert.propertyVal(error, "name", "AuthenticationError");
      assert.match(String(error), /has signed out/);
      const { accessToken } = await there.auth.signInWithPassword({ email: user.email, password });
      await next(2);
      assert.equal((await here.auth.session())?.accessToken, accessToken);
      assert.equal((await here.auth.user()).id, user.id);
      assert.deepEqual(told, ["signed-out nobody", `signed-in ${user.id}`]);
    },
  },
  {
    id: "auth: another user who signs in elsewhere on the same store is not taken up here",
    async run({ control, createClient }) {
      const password = "correct horse battery";
      const alice = await control.newUser();
      const bob = await control.newUser({ password });
      const { client, held } = sharedStore();
      const here = createClient({ token: alice.token, refreshToken: alice.refreshToken, store: client() });
      await here.auth.refresh();
      const { told } = changesOf(here);
      await createClient({ store: client() }).auth.signInWithPassword({ email: bob.email, password });
      assert.equal((await here.auth.user()).id, alice.id);
      assert.equal(held()?.userId, bob.id);
      assert.deepEqual(told, []);
    },
  },
  {
    id: "auth: a session that can be renewed no more is told of as expired, once, and is null from then on",
    async run({ control, createClient }) {
      const user = await control.newUser({ expiresInSeconds: -60 });
      const { refreshToken } = await control.newUser({ expiresInSeconds: -60 });
      const stored = { accessToken: user.token, refreshToken, expiresAtMs: 0, userId: user.id };
      const store = memoryStore(stored);
      const flowith = createClient({ store });
      const { told } = changesOf(flowith);
      const calls = [flowith.generate("Hello"), flowith.auth.user(), flowith.conversations.list()];
      for (const outcome of await Promise.allSettled(calls)) {
        assert.propertyVal(Reflect.get(outcome, "reason"), "name", "AuthenticationError");
      }
      assert.propertyVal(await rejection(flowith.account.credits()), "name", "AuthenticationError");
      assert.deepEqual(told, ["expired nobody"]);
      assert.isNull(await flowith.auth.session());
      assert.deepEqual(store.held, stored, "another process may be ahead");
    },
  },
  {
    id: "auth: a file host's 401 or 402 is neither a refused token nor a want of credits, and signs nobody out",
    async run({ newClient }) {
      let status = 401;
      const { flowith } = await newClient({
        middleware: [
          async (request, next, { kind }) =>
            kind === "download" ? new Response('{"message":"JWT expired"}', { status }) : next(request),
        ],
      });
      const { told } = changesOf(flowith);
      const { image } = await flowith.generateImage("A boat");
      for (status of [401, 402, 403]) {
        for (const error of [
          await rejection(image.bytes()),
          await rejection(flowith.uploadFile("https://example.com/boat.png")),
        ]) {
          assert.deepInclude(error, { name: "APIError", status });
          assert.notMatch(String(error), /token|credits|sign in/i);
        }
      }
      assert.deepEqual(told, []);
      assert.isNotNull(await flowith.auth.session());
    },
  },
  {
    id: "auth: tokens with blanks around them work, and the usual accidents of an .env are named",
    async run({ control, createClient }) {
      const user = await control.newUser({ expiresInSeconds: -60 });
      const { token, refreshToken } = user;
      const flowith = createClient({
        token: ` ${token}\r\n`,
        refreshToken: `${refreshToken}\n`,
        userId: ` ${user.id} `,
      });
      assert.equal((await flowith.auth.user()).id, user.id);
      const blank = createClient({ token: " ", refreshToken: "", userId: "\n x" });
      assert.match(String(await rejection(blank.auth.user())), /No token was given/);
      const accidents: [RegExp, { token?: string; refreshToken?: string }][] = [
        [/stands in quotes/, { token: `"${token}"` }],
        [/begins with "Bearer"/, { token: `Bearer ${token}` }],
        [/whole JSON object/, { token: JSON.stringify({ access_token: token }) }],
        [/pass it as refreshToken/, { token: refreshToken }],
        [/stands in quotes/, { token, refreshToken: `'${refreshToken}'` }],
        [/pass it as token/, { refreshToken: token }],
        [/not set/, { refreshToken: "undefined" }],
      ];
      for (const [hint, options] of accidents) {
        const error = await rejection(createClient(options).generate("Hello"));
        assert.propertyVal(error, "name", "AuthenticationError");
        assert.match(String(error), hint);
        assert.isFalse(String(error).includes(token) || String(error).includes(refreshToken), "a secret shows");
      }
      assert.throws(() => createClient({ supabaseKey: '"sb_publishable_x"' }), /supabaseKey.*stands in quotes/);
    },
  },
];
