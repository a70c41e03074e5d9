import { assert } from "chai";
import type { ConformanceCase } from "../conformance-case.ts";
import type { Control, TestUser } from "../control.ts";
import { memoryStore } from "../memory-store.ts";
import { rejection } from "../rejection.ts";

async function grantsOf(control: Control, user: TestUser): Promise<number> {
  return (await control.journal(user, "POST /auth/v1/token")).length;
}

/** What the web app keeps of a signed-in user. */
function keptByWebApp({
  id,
  email,
  token,
  refreshToken,
}: TestUser): Record<string, unknown> & { access_token: string } {
  const user = { id, email, user_metadata: { full_name: "Ann “Annie” Smith" } };
  return { access_token: token, refresh_token: refreshToken, token_type: "bearer", expires_in: 3600, user };
}

export const setSessionCases: ConformanceCase[] = [
  {
    id: "auth: a session from elsewhere is used and stored, and told of, without a request",
    async run({ control, createClient }) {
      const user = await control.newUser();
      const store = memoryStore();
      const { auth, account } = createClient({ store });
      const heard: unknown[] = [];
      auth.onChange(({ type, session }) => heard.push([type, session?.userId]));
      const session = await auth.setSession({ accessToken: user.token, refreshToken: `\n${user.refreshToken} ` });
      assert.deepInclude(session, { accessToken: user.token, refreshToken: user.refreshToken, userId: user.id });
      assert.deepEqual(store.held, session);
      assert.deepEqual(await auth.session(), session);
      assert.deepEqual(heard, [["signed-in", user.id]]);
      assert.isEmpty(await control.journal(user));
      await account.credits();
      assert.equal(await grantsOf(control, user), 0);
    },
  },
  {
    id: "auth: what the web app keeps of a session is taken as an object and as its text",
    async run({ control, createClient }) {
      const user = await control.newUser();
      const kept = keptByWebApp(user);
      for (const given of [kept, JSON.stringify(kept), `${JSON.stringify(kept, null, 2)}\n`]) {
        const { auth } = createClient({});
        const { userId, refreshToken } = await auth.setSession(given);
        assert.deepEqual([userId, refreshToken], [user.id, user.refreshToken]);
        assert.equal((await auth.user()).email, user.email);
      }
    },
  },
  {
    id: "auth: a session from elsewhere without an access token that serves is refreshed at once",
    async run({ control, createClient }) {
      const over = await control.newUser({ expiresInSeconds: -60 });
      const unnamed = await control.newUser();
      for (const [user, accessToken] of [
        [over, over.token],
        [unnamed, undefined],
      ] as const) {
        const store = memoryStore();
        const { auth } = createClient({ store });
        const heard: string[] = [];
        auth.onChange(({ type }) => heard.push(type));
        const session = await auth.setSession({ accessToken, refreshToken: user.refreshToken });
        assert.equal(session.userId, user.id);
        assert.notInclude([user.token, ""], session.accessToken);
        assert.notEqual(session.refreshToken, user.refreshToken);
        assert.deepEqual(store.held, session);
        assert.deepEqual(heard, ["signed-in"]);
        assert.equal(await grantsOf(control, user), 1);
      }
    },
  },
  {
    id: "auth: a session from elsewhere takes the place of another user's, and what that one has under way is dropped",
    async run({ control, createClient }) {
      const alice = await control.newUser({ expiresInSeconds: -60 });
      const bob = await control.newUser();
      const store = memoryStore();
      let isSet: Promise<unknown> | undefined;
      const flowith = createClient({
        token: alice.token,
        refreshToken: alice.refreshToken,
        store,
        middleware: [
          async (request, next) => {
            const response = await next(request);
            // While alice's session is being refreshed.
            if (new URL(request.url).pathname === "/auth/v1/token") {
              isSet = flowith.auth.setSession({ accessToken: bob.token, refreshToken: bob.refreshToken });
              await isSet;
            }
            return response;
          },
        ],
      });
      assert.propertyVal(await rejection(flowith.auth.accessToken()), "name", "AuthenticationError");
      await isSet;
      assert.equal((await flowith.auth.user()).id, bob.id);
      assert.propertyVal(store.held, "userId", bob.id);
    },
  },
  {
    id: "auth: of a session that is being refreshed to be set and a later sign-out, the sign-out counts",
    async run({ control, createClient }) {
      const user = await control.newUser();
      const store = memoryStore();
      const { auth } = createClient({
        store,
        middleware: [
          async (request, next) => {
            const response = await next(request);
            if (new URL(request.url).pathname === "/auth/v1/token") await auth.logout({ scope: "local" });
            return response;
          },
        ],
      });
      const error = await rejection(auth.setSession({ refreshToken: user.refreshToken }));
      assert.propertyVal(error, "name", "AuthenticationError");
      assert.match(String(error), /sign-out, was begun after it/);
      assert.isNull(await auth.session());
      assert.isNull(store.held);
    },
  },
  {
    id: "auth: a session that cannot be used is refused with what is wrong, shows no token and leaves the one in use",
    async run({ newClient, control, createClient }) {
      const { flowith, user } = await newClient();
      const other = await control.newUser();
      const over = await control.newUser({ expiresInSeconds: -60 });
      const { auth } = flowith;
      const before = await auth.session();
      const json = JSON.stringify(keptByWebApp(other));
      const attempts: [() => Promise<unknown>, string, RegExp][] = [
        [() => auth.setSession({}), "InvalidArgumentError", /accessToken, refreshToken or both/],
        [() => auth.setSession({ accessToken: `“${other.token}”` }), "AuthenticationError", /typographic quotes/],
        [() => auth.setSession({ accessToken: `${other.token};` }), "AuthenticationError", /semicolon/],
        [() => auth.setSession({ accessToken: `Bearer ${other.token}` }), "AuthenticationError", /Bearer/],
        [() => auth.setSession({ refreshToken: other.token }), "AuthenticationError", /pass it as accessToken/],
        [() => auth.setSession(json.replaceAll('"', "”")), "AuthenticationError", /typographic quotes/],
        [() => auth.setSession(json.slice(0, -9)), "AuthenticationError", /cut off/],
        [
          () => auth.setSession({ accessToken: over.token }),
          "AuthenticationError",
          /expired at .*this machine's clock says/,
        ],
        [() => auth.setSession({ refreshToken: "aaaaaaaaaaaa" }), "AuthenticationError", /refused/],
      ];
      for (const [attempt, name, words] of attempts) {
        const error = await rejection(attempt());
        assert.propertyVal(error, "name", name);
        assert.match(String(error), words);
        for (const secret of [other.token, over.token, other.refreshToken, "aaaaaaaaaaaa"])
          assert.notInclude(String(error) + JSON.stringify(error), secret);
      }
      const mixed = { accessToken: over.token, refreshToken: other.refreshToken };
      assert.match(String(await rejection(auth.setSession(mixed))), /refresh token is of another user/);
      assert.deepEqual(await auth.session(), before);
      assert.equal((await auth.user()).id, user.id);
      const wrong: object = { force: true };
      const unknown = rejection(createClient({}).auth.setSession({ accessToken: other.token }, wrong));
      assert.match(String(await unknown), /auth\.setSession: there is no option "force"/);
    },
  },
  {
    id: "auth: a session whose store cannot save it is in use all the same, and that is told",
    async run({ control, createClient }) {
      const user = await control.newUser();
      const store = { ...memoryStore(), save: () => Promise.reject(new Error("disk full")) };
      const { auth } = createClient({ store });
      assert.propertyVal(await rejection(auth.setSession({ accessToken: user.token })), "name", "SessionStoreError");
      assert.equal((await auth.session())?.accessToken, user.token);
    },
  },
  {
    id: "auth: a store that hangs holds up neither session nor logout for longer than their limit",
    async run({ newClient, createClient, control }) {
      const timeout = { totalMs: 300 };
      const never = (): Promise<never> => new Promise(() => undefined);
      const limited = async (call: Promise<unknown>): Promise<void> => {
        assert.deepInclude(await rejection(call), { name: "TimeoutError", phase: "total", limitMs: 300 });
      };
      await limited(createClient({ store: { load: never, save: never, clear: never } }).auth.session({ timeout }));
      const user = await control.newUser();
      const full = createClient({ store: { ...memoryStore(), save: never } });
      await limited(full.auth.setSession({ accessToken: user.token }, { timeout }));
      assert.isNull(await full.auth.session(), "what was given up is not used");
      const store = { ...memoryStore(), clear: never };
      const { flowith } = await newClient({ store });
      await flowith.auth.session();
      await limited(flowith.auth.logout({ scope: "local", timeout }));
      assert.isNull(await flowith.auth.session(), "here it is over");
    },
  },
];
