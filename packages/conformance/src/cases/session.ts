import { assert } from "chai";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

export const sessionCases: ConformanceCase[] = [
  {
    id: "session: an expired token is refreshed before it is used, once for all",
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
    id: "session: an expired token without a refresh token says what to do",
    async run({ control, createClient }) {
      const user = await control.newUser({ expiresInSeconds: -60 });
      const error = await rejection(createClient({ token: user.token }).generate("Hello"));
      assert.propertyVal(error, "name", "AuthenticationError");
      assert.match(String(error), /expired at .* no refresh token/);
    },
  },
  {
    id: "session: a 401 in the middle renews the token once and goes on",
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
    id: "session: a 401 without a refresh token is an AuthenticationError that names the request",
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
    id: "session: rows are asked anew after a 401 too",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const { convId } = await flowith.generate("Hello");
      await control.fault(user, { type: "status", status: 401, route: "GET /rest/v1/flow_node" });
      assert.lengthOf(await flowith.conversations.nodes(convId), 2);
    },
  },
  {
    id: "session: the rotated refresh token goes to the store before the new token is used",
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
    id: "session: nothing that is printed of a client shows its token",
    async run({ newClient }) {
      const { flowith, user } = await newClient();
      await flowith.generate("Hello");
      assert.notInclude(JSON.stringify(flowith), user.token);
    },
  },
];
