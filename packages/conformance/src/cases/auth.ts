import { assert } from "chai";
import type { CaseContext, ConformanceCase } from "../conformance-case.ts";
import type { TestUser } from "../control.ts";
import { memoryStore } from "../memory-store.ts";
import { rejection } from "../rejection.ts";
import { oauthCases } from "./auth-oauth.ts";
import { setSessionCases } from "./auth-set-session.ts";

const password = "correct horse battery";

async function statusesOfGrants({ control }: CaseContext, user: TestUser): Promise<(number | null)[]> {
  return (await control.journal(user, "POST /auth/v1/token")).map((entry) => entry.status);
}

export const authCases: ConformanceCase[] = [
  {
    id: "auth: a password signs in, and its session is used and stored",
    async run({ control, createClient }) {
      const user = await control.newUser({ password });
      const store = memoryStore();
      const flowith = createClient({ store });
      assert.isNull(await flowith.auth.session());
      const session = await flowith.auth.signInWithPassword({ email: user.email, password });
      assert.equal(session.userId, user.id);
      assert.isAbove(session.expiresAtMs, Date.now());
      assert.deepEqual(store.held, session);
      assert.deepEqual(await flowith.auth.session(), session);
      assert.include((await flowith.generate("What is the capital of Poland?")).text, "Warsaw");
    },
  },
  {
    id: "auth: a wrong password is an AuthenticationError that shows neither it nor the key",
    async run({ control, createClient }) {
      const user = await control.newUser({ password });
      const flowith = createClient({});
      const error = await rejection(flowith.auth.signInWithPassword({ email: user.email, password: "battery staple" }));
      assert.deepInclude(error, { name: "AuthenticationError", status: 400 });
      assert.match(String(error), /Invalid login credentials/);
      assert.notInclude(String(error) + JSON.stringify(error), "staple");
      assert.isNull(await flowith.auth.session());
    },
  },
  {
    id: "auth: credentials that are missing are refused before a request",
    async run({ createClient }) {
      const { auth } = createClient({});
      const empty = auth.signInWithPassword({ email: "", password });
      assert.propertyVal(await rejection(empty), "name", "InvalidArgumentError");
      assert.propertyVal(await rejection(auth.exchangeCode(" ")), "name", "InvalidArgumentError");
      const wrong = Object.assign({ email: "x@example.com", password }, { username: "x" });
      assert.match(String(await rejection(auth.signInWithPassword(wrong))), /no option "username"/);
    },
  },
  {
    id: "auth: the user is asked of the auth server",
    async run({ newClient }) {
      const { flowith, user } = await newClient();
      const found = await flowith.auth.user();
      assert.deepInclude(found, { id: user.id, email: user.email });
      assert.propertyVal(found.raw, "aud", "authenticated");
      assert.isObject(found.metadata);
    },
  },
  {
    id: "auth: a refused token is renewed when the user is asked for",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.fault(user, {
        type: "status",
        status: 403,
        body: { code: 403, error_code: "bad_jwt", msg: "invalid JWT" },
        route: "GET /auth/v1/user",
      });
      assert.equal((await flowith.auth.user()).id, user.id);
      const asked = await control.journal(user, "GET /auth/v1/user");
      assert.deepEqual(
        asked.map((entry) => entry.status),
        [403, 200],
      );
    },
  },
  {
    id: "auth: a token is given out at once while it is good, and refreshed once for all callers when it is not",
    async run({ newClient, createClient, control }) {
      const { flowith, user } = await newClient();
      assert.equal(await flowith.auth.accessToken(), user.token);
      assert.lengthOf(await control.journal(user, "POST /auth/v1/token"), 0);
      const old = await control.newUser({ expiresInSeconds: 30 });
      const { auth } = createClient({ token: old.token, refreshToken: old.refreshToken });
      const headers = { "x-trace": "42" };
      const [first, second] = await Promise.all([auth.accessToken({ headers }), auth.accessToken()]);
      assert.notEqual(first, old.token);
      assert.equal(second, first);
      assert.equal((await auth.session())?.accessToken, first);
      const grants = await control.journal(old, "POST /auth/v1/token");
      assert.deepEqual(
        grants.map((grant) => grant.headers["x-trace"]),
        ["42"],
      );
    },
  },
  {
    id: "auth: where there is no token, asking for one is an error and never nothing",
    async run({ newClient, createClient }) {
      assert.propertyVal(await rejection(createClient({}).auth.accessToken()), "name", "AuthenticationError");
      const { auth } = (await newClient()).flowith;
      const reason = new Error("enough");
      assert.strictEqual(await rejection(auth.accessToken({ signal: AbortSignal.abort(reason) })), reason);
      const wrong: object = { force: true };
      assert.match(String(await rejection(auth.accessToken(wrong))), /auth\.accessToken: there is no option "force"/);
      await auth.logout();
      assert.propertyVal(await rejection(auth.accessToken()), "name", "AuthenticationError");
    },
  },
  {
    id: "auth: without a session the user cannot be asked for",
    async run({ createClient }) {
      assert.propertyVal(await rejection(createClient({}).auth.user()), "name", "AuthenticationError");
    },
  },
  ...oauthCases,
  ...setSessionCases,
  {
    id: "auth: a refresh that is asked for rotates the refresh token",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const [first, second] = await Promise.all([flowith.auth.refresh(), flowith.auth.refresh()]);
      assert.equal(first.refreshToken, second.refreshToken);
      assert.notEqual(first.refreshToken, user.refreshToken);
      assert.lengthOf(await control.journal(user, "POST /auth/v1/token"), 1);
      assert.notEqual((await flowith.auth.refresh()).refreshToken, first.refreshToken);
    },
  },
  {
    id: "auth: a spent refresh token gives its successor while that is the newest, as after a lost answer",
    async run({ control, createClient }) {
      const user = await control.newUser();
      const first = await createClient({}).auth.refresh(user.refreshToken);
      const second = await createClient({}).auth.refresh(user.refreshToken);
      assert.equal(second.refreshToken, first.refreshToken);
    },
  },
  {
    id: "auth: a refresh token that does not exist is an AuthenticationError",
    async run({ createClient }) {
      const error = await rejection(createClient({}).auth.refresh("aaaaaaaaaaaa"));
      assert.deepInclude(error, { name: "AuthenticationError", status: 400 });
      assert.notInclude(String(error), "aaaaaaaaaaaa");
    },
  },
  {
    id: "auth: a global logout ends all of the user's sessions, and forgets this one",
    async run(context) {
      const { control, createClient } = context;
      const user = await control.newUser({ password });
      const store = memoryStore();
      const here = createClient({ store });
      const there = createClient({});
      await here.auth.signInWithPassword({ email: user.email, password });
      await there.auth.signInWithPassword({ email: user.email, password });
      await here.auth.logout();
      assert.isNull(store.held);
      assert.isNull(await here.auth.session());
      assert.propertyVal(await rejection(here.generate("Hello")), "name", "AuthenticationError");
      assert.deepInclude(await rejection(there.auth.refresh()), { name: "AuthenticationError", status: 400 });
      const [request] = await control.journal(user, "POST /auth/v1/logout");
      assert.deepInclude(request, { query: "?scope=global", status: 204 });
      assert.deepEqual(await statusesOfGrants(context, user), [200, 200]);
    },
  },
  {
    id: "auth: a local logout leaves the user's other sessions, and one of the others leaves this",
    async run({ control, createClient }) {
      const user = await control.newUser({ password });
      const [here, there] = [createClient({}), createClient({})];
      await here.auth.signInWithPassword({ email: user.email, password });
      await there.auth.signInWithPassword({ email: user.email, password });
      await here.auth.logout({ scope: "local" });
      assert.isNull(await here.auth.session());
      await there.auth.refresh();
      await here.auth.signInWithPassword({ email: user.email, password });
      await here.auth.logout({ scope: "others" });
      await here.auth.refresh();
      assert.propertyVal(await rejection(there.auth.refresh()), "name", "AuthenticationError");
    },
  },
  {
    id: "auth: a logout without a session, or with one that is over, succeeds",
    async run({ control, createClient }) {
      await createClient({}).auth.logout();
      const user = await control.newUser();
      const flowith = createClient({ token: user.token, refreshToken: user.refreshToken });
      await createClient({ token: user.token, refreshToken: user.refreshToken }).auth.logout();
      await flowith.auth.logout();
      assert.isNull(await flowith.auth.session());
      const expired = await control.newUser({ expiresInSeconds: -60 });
      await createClient({ token: expired.token }).auth.logout();
    },
  },
  {
    id: "auth: a logout that the service does not take keeps the session, but a local one forgets it",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient({ maxRetries: 0 });
      await control.fault(user, { type: "status", status: 503, route: "POST /auth/v1/logout", count: 2 });
      assert.propertyVal(await rejection(flowith.auth.logout()), "name", "ServerError");
      assert.equal((await flowith.auth.session())?.userId, user.id);
      assert.propertyVal(await rejection(flowith.auth.logout({ scope: "local" })), "name", "ServerError");
      assert.isNull(await flowith.auth.session());
    },
  },
  {
    id: "auth: listeners hear of every change, once it is in use",
    async run({ control, createClient }) {
      const user = await control.newUser({ password });
      const { auth } = createClient({});
      const heard: string[] = [];
      const inUse: Promise<string | undefined>[] = [];
      const stop = auth.onChange(({ type, session }) => {
        heard.push(`${type} ${session === null ? "nobody" : session.userId === user.id}`);
        inUse.push(auth.session().then((current) => current?.accessToken));
      });
      const first = await auth.signInWithPassword({ email: user.email, password });
      const second = await auth.refresh();
      await auth.logout();
      stop();
      await auth.signInWithPassword({ email: user.email, password });
      assert.deepEqual(heard, ["signed-in true", "refreshed true", "signed-out nobody"]);
      assert.deepEqual(await Promise.all(inUse), [first.accessToken, second.accessToken, undefined]);
    },
  },
  {
    id: "auth: calls can be aborted, and have their limits",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient({ maxRetries: 0 });
      const reason = new Error("changed my mind");
      assert.strictEqual(await rejection(flowith.auth.user({ signal: AbortSignal.abort(reason) })), reason);
      await control.fault(user, { type: "silence", route: "GET /auth/v1/user", count: 2 });
      const controller = new AbortController();
      const asked = rejection(flowith.auth.user({ signal: controller.signal }));
      setTimeout(() => controller.abort(reason), 100);
      assert.strictEqual(await asked, reason);
      const limited = await rejection(flowith.auth.user({ timeout: { totalMs: 300 } }));
      assert.deepInclude(limited, { name: "TimeoutError", phase: "total" });
      const seen: (string | null)[] = [];
      const onResponse = (response: Response): void => void seen.push(`${response.status}`);
      await flowith.auth.refresh(undefined, { headers: { "x-trace": "7" }, onResponse });
      const [grant] = await control.journal(user, "POST /auth/v1/token");
      assert.deepInclude(grant?.headers, { "x-trace": "7" });
      assert.deepEqual(seen, ["200"]);
    },
  },
  {
    id: "auth: the total limit of a call holds for the refresh and for the store that it waits for",
    async run({ control, createClient, newClient: newSignedIn }) {
      const user = await control.newUser({ expiresInSeconds: -60 });
      const timeout = { totalMs: 300 };
      const limited = async (call: Promise<unknown>): Promise<void> => {
        assert.deepInclude(await rejection(call), { name: "TimeoutError", phase: "total", limitMs: 300 });
      };
      const never = new Promise<never>(() => undefined);
      const silentGrant = (request: Request, next: (request: Request) => Promise<Response>): Promise<Response> =>
        request.url.includes("/auth/v1/token") ? never : next(request);
      const newClient = () =>
        createClient({ token: user.token, refreshToken: user.refreshToken, middleware: [silentGrant], maxRetries: 0 });
      await limited(newClient().conversations.list({ timeout }));
      await limited(newClient().auth.user({ timeout }));
      await limited(newClient().auth.logout({ timeout }));
      const { refreshToken } = await control.newUser();
      const unnamed = createClient({ refreshToken, middleware: [silentGrant], maxRetries: 0 });
      await limited(unnamed.conversations.list({ timeout }));
      await limited(unnamed.account.updateProfile({ language: "pl" }, { timeout }));
      await limited(unnamed.jobs.pending({ timeout }));
      const { handle } = await (await newSignedIn()).flowith.submitText("Name a city.");
      await limited(unnamed.resume(handle).status({ timeout }));
      const store = { load: () => never, save: () => never, clear: () => never };
      const kept = () => createClient({ store });
      await limited(kept().auth.accessToken({ timeout }));
      await limited(kept().auth.refresh(undefined, { timeout }));
      await limited(kept().auth.user({ timeout }));
      const full = createClient({ store: { ...store, load: async () => null } });
      await limited(full.auth.refresh((await control.newUser()).refreshToken, { timeout }));
    },
  },
];
