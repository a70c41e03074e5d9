import { assert } from "chai";
import { FlowithError, InvalidArgumentError } from "flowith-webapi/developer";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

export const developerKeyCases: ConformanceCase[] = [
  {
    id: "developer: what is no API key is refused by what it is, without showing it",
    async run({ createDeveloper, control }) {
      const user = await control.newUser();
      const { apiKey } = user;
      const wrong: [string, RegExp][] = [
        [user.token, /not a session's token \(a JWT\)/],
        [`"${apiKey}"`, /stands in quotes/],
        [`“${apiKey}”`, /typographic quotes/],
        [`Bearer ${apiKey}`, /begins with "Bearer"/],
        [apiKey.replace("_", " _"), /has a blank/],
        [" ", /not a blank text/],
        ["ключ", /no header can carry/],
      ];
      for (const [key, message] of wrong) {
        const error = await rejection((async () => createDeveloper({ apiKey: key }))());
        assert.isTrue(InvalidArgumentError.is(error));
        assert.match(String(error), message);
        assert.notInclude(String(error), apiKey.slice(4));
        assert.notInclude(String(error), user.token);
      }
      const developer = createDeveloper({ apiKey: ` ${apiKey}\n` });
      assert.include(await developer.knowledge.models(), "gpt-4.1-nano");
    },
  },
  {
    id: "developer: any other key is sent, one that is refused says what to do, and none is asked for",
    async run({ createDeveloper }) {
      const apiKey = "whatever-a-key.may/look=like";
      const refused = await rejection(createDeveloper({ apiKey }).knowledge.models());
      assert.deepInclude(refused, { name: "AuthenticationError", status: 401 });
      assert.match(String(refused), /The API key was refused/);
      assert.notInclude(`${String(refused)}${JSON.stringify(refused)}`, apiKey);
      const none = await rejection(createDeveloper({}).chat("Hello"));
      assert.deepInclude(none, { name: "AuthenticationError" });
      assert.match(String(none), /Pass apiKey/);
      assert.isTrue(FlowithError.is(none));
    },
  },
  {
    id: "developer: a key that the service repeats is in no error and in no line of the log",
    async run({ newDeveloper, control }) {
      const lines: string[] = [];
      const note = (...said: unknown[]): void => void lines.push(JSON.stringify(said));
      const logger = { debug: note, info: note, warn: note, error: note };
      const { developer, user } = await newDeveloper({ logger, logLevel: "debug", maxRetries: 0 });
      for (const status of [400, 401, 402, 404, 429, 500]) {
        await control.fault(user, { type: "status", status, body: { message: `the key ${user.apiKey} is bad` } });
        const error = await rejection(developer.chat("Hello"));
        assert.propertyVal(error, "status", status);
        assert.notInclude(`${String(error)}${JSON.stringify(error)}`, user.apiKey);
      }
      assert.isAbove(lines.length, 5);
      assert.notInclude(lines.join(""), user.apiKey);
      assert.notInclude(JSON.stringify(developer), user.apiKey);
    },
  },
  {
    id: "developer: credits are spent in their own unit, and 402 and 429 are errors of their own",
    async run({ newDeveloper, createClient, control }) {
      const { developer, user } = await newDeveloper();
      const flowith = createClient({ token: user.token });
      const before = (await flowith.account.balance()).remainQuota;
      const { cost = 0 } = await developer.generateImage("A ripe banana");
      assert.equal(before - (await flowith.account.balance()).remainQuota, cost / 1_000);
      for (const [status, name] of [
        [402, "InsufficientCreditsError"],
        [429, "RateLimitError"],
        [400, "APIError"],
        [500, "ServerError"],
      ] as const) {
        await control.fault(user, { type: "status", status, route: "POST /external/use/llm" });
        assert.deepInclude(await rejection(developer.chat("Hello", { maxRetries: 0 })), { name, status });
      }
    },
  },
  {
    id: "developer: middleware, headers and limits are those of every client, and close() ends what is under way",
    async run({ newDeveloper, control }) {
      const kinds: string[] = [];
      const { developer, user } = await newDeveloper({
        headers: { "x-app": "ferry" },
        middleware: [
          (request, next, { kind }) => {
            kinds.push(`${kind} ${request.headers.get("x-app")}`);
            return next(request);
          },
        ],
      });
      await developer.knowledge.models();
      assert.deepEqual(kinds, ["edge ferry"]);
      await control.script(user, { match: "slow", firstEventMs: 20_000 });
      const limit = await rejection(developer.chat("A slow one", { timeout: { totalMs: 300 } }));
      assert.deepInclude(limit, { name: "TimeoutError", phase: "total" });
      const waiting = rejection(developer.chatStream("A slow one").output);
      const asking = setInterval(() => kinds.length > 2 && developer.close(), 20);
      assert.deepInclude(await waiting, { name: "AbortError" });
      clearInterval(asking);
    },
  },
];
