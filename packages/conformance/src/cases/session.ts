import { assert } from "chai";
import type { ConformanceCase } from "../conformance-case.ts";
import { memoryStore } from "../memory-store.ts";
import { rejection } from "../rejection.ts";

function refusal(status: number): Response {
  return Response.json({ code: "token_expired", msg: "Not now." }, { status });
}

export const sessionCases: ConformanceCase[] = [
  {
    id: "auth: an expired token is refreshed before it is used, once for all",
    async run({ control, createClient }) {
      const user = await control.newUser({ expiresInSeconds: -60 });
      const flowith = createClient({ token: user.token, refreshToken: user.refreshToken });
      const answers = await Promise.all([1, 2, 3].map(() => flowith.generate("What is the capital of Poland?")));
      for (const { text } of answers) assert.include(text, "Warsaw");
      const own = await control.journal(user);
      assert.isEmpty(own.filter((entry) => entry.status === 401));
    },
  },
  {
    id: "auth: a token that seems to have expired is sent once where nothing can renew it, and then refused with both clocks",
    async run({ control, createClient }) {
      const user = await control.newUser({ expiresInSeconds: -60 });
      const sent: string[] = [];
      const flowith = createClient({
        token: user.token,
        middleware: [
          (request, next) => {
            sent.push(new URL(request.url).pathname);
            return next(request);
          },
        ],
      });
      const changes: string[] = [];
      flowith.auth.onChange(({ type, session }) => changes.push(`${type} ${session}`));
      const first = await rejection(flowith.auth.user());
      assert.propertyVal(first, "name", "AuthenticationError");
      assert.match(String(first), /answered 40[13]/);
      for (let call = 0; call < 2; call++) {
        const error = await rejection(flowith.auth.user());
        assert.propertyVal(error, "name", "AuthenticationError");
        assert.match(String(error), /expired at \d{4}-.* machine's clock says \d{4}-.* no refresh token/);
        assert.notInclude(String(error), user.token);
      }
      assert.deepEqual(sent, ["/auth/v1/user"]);
      assert.deepEqual(changes, ["expired null"]);
      assert.isNull(await flowith.auth.session());
      assert.isNotEmpty(await flowith.models.list(), "what needs no token goes on");
    },
  },
  {
    id: "auth: a 401 in the middle renews the token once and goes on",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.fault(user, { type: "status", status: 401, route: "POST /completion/async" });
      const output = await flowith.generate("What is the capital of Poland?");
      assert.include(output.text, "Warsaw");
      const posts = await control.journal(user, "POST /completion/async");
      assert.deepEqual(
        posts.map((post) => post.status),
        [401, 200],
      );
    },
  },
  {
    id: "auth: a 401 without a refresh token is an AuthenticationError that names the request",
    async run({ control, createClient }) {
      const user = await control.newUser();
      const flowith = createClient({ token: user.token });
      await control.fault(user, { type: "status", status: 401, route: "POST /completion/async" });
      const error = await rejection(flowith.generate("Hello"));
      assert.deepInclude(error, { name: "AuthenticationError", status: 401 });
      assert.match(String(error), /POST \/completion\/async answered 401/);
      assert.notInclude(String(error), user.token);
    },
  },
  {
    id: "auth: rows are asked anew after a 401 too",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const { convId } = await flowith.generate("Hello");
      await control.fault(user, { type: "status", status: 401, route: "GET /rest/v1/flow_node" });
      assert.lengthOf(await flowith.conversations.nodes(convId), 2);
    },
  },
  {
    id: "auth: the rotated refresh token goes to the store before the new token is used",
    async run({ control, createClient }) {
      const user = await control.newUser({ expiresInSeconds: -60 });
      const saved: string[] = [];
      const flowith = createClient({
        token: user.token,
        refreshToken: user.refreshToken,
        store: {
          load: async () => null,
          clear: async () => undefined,
          save: async (session) => {
            assert.isEmpty((await control.journal(user)).filter((entry) => entry.path.startsWith("/rest/")));
            saved.push(session.refreshToken ?? "");
          },
        },
      });
      await flowith.generate("Hello");
      assert.lengthOf(saved, 1);
      assert.notEqual(saved[0], user.refreshToken);
    },
  },
  {
    id: "auth: two clients on one store refresh at the same moment, and both stay signed in",
    async run({ control, createClient }) {
      const user = await control.newUser({ expiresInSeconds: 30 });
      const expiresAtMs = Date.now() + 30_000;
      const store = memoryStore({
        accessToken: user.token,
        refreshToken: user.refreshToken,
        expiresAtMs,
        userId: user.id,
      });
      const clients = [createClient({ store }), createClient({ store })];
      const users = await Promise.all(clients.map((flowith) => flowith.auth.user()));
      assert.deepEqual(
        users.map(({ id }) => id),
        [user.id, user.id],
      );
      for (let round = 0; round < 3; round++) await Promise.all(clients.map((flowith) => flowith.auth.refresh()));
      for (const flowith of clients) {
        const session = await flowith.auth.refresh();
        assert.equal(session.refreshToken, store.held?.refreshToken);
      }
      const grants = await control.journal(user, "POST /auth/v1/token");
      assert.isEmpty(
        grants.filter(({ status }) => status !== 200),
        "no refresh token of the family was refused",
      );
    },
  },
  {
    id: "auth: a refresh that is turned away is repeated by one loop, whatever asks for it and whenever",
    async run({ control, createClient }) {
      for (const expiresInSeconds of [-60, 3600]) {
        const user = await control.newUser({ expiresInSeconds });
        const refreshes: string[] = [];
        const flowith = createClient({
          token: user.token,
          refreshToken: user.refreshToken,
          maxRetries: 1,
          middleware: [
            async (request, next) => {
              const { pathname } = new URL(request.url);
              if (pathname !== "/auth/v1/token") return expiresInSeconds > 0 ? refusal(401) : next(request);
              refreshes.push(pathname);
              return refusal(429);
            },
          ],
        });
        for (const ask of [
          () => flowith.account.balance(),
          () => flowith.conversations.list(),
          () => flowith.auth.user(),
          () => flowith.fetch(`${flowith.supabaseUrl}/rest/v1/conversation`),
        ]) {
          assert.propertyVal(await rejection(ask()), "name", "RateLimitError");
          assert.lengthOf(refreshes.splice(0), 2);
        }
      }
    },
  },
  {
    id: "auth: a refresh token that was refused is not tried again",
    async run({ control, createClient }) {
      const user = await control.newUser({ expiresInSeconds: -60 });
      const fresh = createClient({ token: user.token, refreshToken: user.refreshToken });
      await fresh.auth.refresh();
      await fresh.auth.logout();
      const sent: string[] = [];
      const flowith = createClient({
        token: user.token,
        refreshToken: user.refreshToken,
        middleware: [
          (request, next) => {
            sent.push(new URL(request.url).pathname);
            return next(request);
          },
        ],
      });
      for (let call = 0; call < 3; call++) {
        const error = await rejection(flowith.auth.user());
        assert.deepInclude(error, { name: "AuthenticationError", status: 400 });
        assert.notInclude(String(error) + JSON.stringify(error), user.refreshToken);
      }
      assert.deepEqual(sent, ["/auth/v1/token"]);
    },
  },
  {
    id: "auth: log lines, errors and the client itself show no secret",
    async run({ control, createClient }) {
      const user = await control.newUser({ expiresInSeconds: 30, password: "a secret to keep" });
      const lines: string[] = [];
      const write = (message: string, fields?: object): void => void lines.push(message + JSON.stringify(fields ?? {}));
      const store = memoryStore();
      const flowith = createClient({
        token: user.token,
        refreshToken: user.refreshToken,
        store: { ...store, save: () => Promise.reject(new Error("disk full")) },
        logLevel: "debug",
        logger: { debug: write, info: write, warn: write, error: write },
        maxRetries: 0,
      });
      const stop = flowith.auth.onChange(({ session }) => {
        throw new Error(`theirs: ${session?.accessToken}`);
      });
      const errors = [
        await rejection(flowith.auth.user()),
        await rejection(flowith.auth.signInWithPassword({ email: user.email, password: "a secret to keep" })),
        await rejection(
          flowith.auth.sessionFromUrl("https://flowith.io/#access_token=a.secret.b&refresh_token=hidden"),
        ),
      ];
      stop();
      const session = await flowith.auth.session();
      assert.isNotEmpty(lines);
      for (const error of errors)
        lines.push(String(error), JSON.stringify(error), String(Reflect.get(Object(error), "stack")));
      lines.push(JSON.stringify(flowith));
      const secrets = [
        user.token,
        user.refreshToken,
        "a secret to keep",
        "a.secret.b",
        "hidden",
        session?.accessToken,
        session?.refreshToken,
      ];
      for (const secret of secrets) {
        assert.isString(secret);
        assert.isFalse(lines.join("\n").includes(secret ?? ""), "a secret shows");
      }
    },
  },
  {
    id: "auth: nothing that is printed of a client shows its token",
    async run({ newClient }) {
      const { flowith, user } = await newClient();
      await flowith.generate("Hello");
      assert.notInclude(JSON.stringify(flowith), user.token);
    },
  },
];
