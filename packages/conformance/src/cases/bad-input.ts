import { assert } from "chai";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

export const badInputCases: ConformanceCase[] = [
  {
    id: "bad input: an empty prompt is refused before any request",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      for (const prompt of ["", "  \n"]) {
        const error = await rejection(flowith.generate(prompt));
        assert.propertyVal(error, "name", "InvalidArgumentError");
        assert.match(String(error), /generate: the prompt is empty/);
      }
      assert.lengthOf(await control.journal(user), 0);
    },
  },
  {
    id: "bad input: an unknown option is named, with those that exist",
    async run({ newClient, createClient }) {
      const { flowith } = await newClient();
      const wrong: object = { modle: "gpt" };
      const error = await rejection(flowith.generate("Hello", wrong));
      assert.propertyVal(error, "name", "InvalidArgumentError");
      assert.match(String(error), /no option "modle".*\bmodel\b/);
      const wrongOptions: object = { tokn: "x" };
      assert.throws(() => createClient(wrongOptions), /no option "tokn"/);
    },
  },
  {
    id: "bad input: a value of the wrong type is named",
    async run({ newClient, createClient }) {
      const { flowith } = await newClient();
      const wrong: object = { timeout: { totalMs: "soon" } };
      assert.match(String(await rejection(flowith.generate("Hello", wrong))), /timeout\.totalMs/);
      const wrongToken: object = { token: 42 };
      assert.throws(() => createClient(wrongToken), /option "token"/);
    },
  },
  {
    id: "bad input: says which call it was, and whether an option is unknown, missing or of the wrong type",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const convId = "0b6e7ac6-0a60-4b0b-8c0b-1f1f5f0e7b11";
      const session = flowith.startConversation({ convId });
      const unknown: object = { modle: "gpt" };
      const seconds: object = { timeout: 30 };
      const incomplete = { email: "alice@example.com" } as Parameters<typeof flowith.auth.signInWithPassword>[0];
      const refusals: [RegExp, () => Promise<unknown>][] = [
        [/ generateTitle: there is no option "modle"/, () => flowith.generateTitle("x", unknown)],
        [/ submitText: there is no option "modle"/, () => flowith.submitText("x", unknown)],
        [/ auth\.user: there is no option "modle"/, () => flowith.auth.user(unknown)],
        [/ auth\.refresh: there is no option "modle"/, () => flowith.auth.refresh(undefined, unknown)],
        [/ jobs\.pending: there is no option "modle"/, () => flowith.jobs.pending(unknown)],
        [/ session\.history: there is no option "modle"/, () => session.history(unknown)],
        [/ session\.send: there is no option "modle"/, () => session.send("x", unknown)],
        [/ generate: option "timeout": Expected Object, not 30\.$/, () => flowith.generate("x", seconds)],
        [
          / auth\.signInWithPassword: option "password" is missing\.$/,
          () => flowith.auth.signInWithPassword(incomplete),
        ],
        [/ generate: option "convId": Expected a UUID/, () => flowith.generate("x", { convId: "mine" })],
        [/ generateImage: option "parentId": Expected a UUID/, () => flowith.generateImage("x", { parentId: "mine" })],
      ];
      for (const [message, call] of refusals) {
        const error = await rejection(call());
        assert.propertyVal(error, "name", "InvalidArgumentError");
        assert.match(String(error), message);
      }
      assert.lengthOf(await control.journal(user), 0);
    },
  },
  {
    id: "bad input: what cannot be sent is refused before anything is, without its value",
    async run({ newClient, createClient, control }) {
      const { flowith, user } = await newClient();
      const circle: Record<string, unknown> = {};
      circle.self = circle;
      const refusals: [RegExp, () => Promise<unknown>][] = [
        [/option "extraBody": Expected what JSON can hold/, () => flowith.generate("x", { extraBody: circle })],
        [/option "extraBody": Expected what JSON can hold/, () => flowith.generateImage("x", { extraBody: { n: 1n } })],
        [/body: Expected what JSON can hold/, () => flowith.request("POST", "/x", { body: circle })],
        [/body must not be a stream/, () => flowith.request("POST", "/x", { body: new Blob(["x"]).stream() })],
        [
          /option "headers\.x y": Expected the name of a header/,
          () => flowith.account.credits({ headers: { "x y": "1" } }),
        ],
        [/option "headers\.x": Expected a value/, () => flowith.account.credits({ headers: { x: "hid\nden" } })],
      ];
      for (const [message, call] of refusals) {
        const error = await rejection(call());
        assert.propertyVal(error, "name", "InvalidArgumentError");
        assert.match(String(error), message);
        assert.notInclude(String(error), "den");
      }
      assert.throws(() => createClient({ headers: { x: "hid\nden" } }), /option "headers\.x": Expected a value/);
      assert.lengthOf(await control.journal(user), 0);
    },
  },
  {
    id: "bad input: an object that cannot do what it is for is refused by the constructor",
    async run({ newClient, createClient }) {
      for (const [name, methods] of [
        ["store", /load, save, clear/],
        ["jobStore", /put, delete, list/],
        ["verifierStore", /get, set, delete/],
        ["logger", /debug, info, warn, error/],
      ] as const) {
        const wrong: object = { [name]: {} };
        assert.throws(() => createClient(wrong), methods);
      }
      const { flowith } = await newClient();
      const loud: unknown = "loud";
      assert.throws(() => flowith.setLogLevel(loud as "debug"), /setLogLevel: level: Expected/);
      assert.throws(() => flowith.auth.onChange(loud as () => void), /auth\.onChange: the listener must be/);
    },
  },
  {
    id: "bad input: an address that is none is refused, and is not taken for one without a session",
    async run({ newClient }) {
      const { flowith } = await newClient();
      for (const wrong of [null, undefined, 7, {}] as unknown[]) {
        const error = await rejection(flowith.auth.sessionFromUrl(wrong as string));
        assert.propertyVal(error, "name", "InvalidArgumentError");
      }
      assert.isNull(await flowith.auth.sessionFromUrl(""));
    },
  },
  {
    id: "bad input: a signal that has aborted already ends a call that needs no request, too",
    async run({ newClient }) {
      const kept = new Map<string, string>();
      const { flowith } = await newClient({
        verifierStore: {
          get: async (key) => kept.get(key) ?? null,
          set: async (key, value) => void kept.set(key, value),
          delete: async (key) => void kept.delete(key),
        },
      });
      const reason = new Error("enough");
      const error = await rejection(flowith.auth.signInWithOAuth({ signal: AbortSignal.abort(reason) }));
      assert.strictEqual(error, reason);
      assert.isEmpty(kept);
    },
  },
  {
    id: "bad input: no token, or one that is none, is an AuthenticationError at the first call",
    async run({ createClient }) {
      const missing = await rejection(createClient({}).generate("Hello"));
      assert.propertyVal(missing, "name", "AuthenticationError");
      assert.match(String(missing), /No token was given/);
      const malformed = await rejection(createClient({ token: "not-a-jwt" }).generate("Hello"));
      assert.propertyVal(malformed, "name", "AuthenticationError");
      assert.notInclude(String(malformed), "not-a-jwt");
    },
  },
  {
    id: "bad input: a path that cannot be read is refused, with what to do, before any request",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      for (const source of ["./no-such-file.bin", { path: "./no-such-file.bin" }]) {
        const error = await rejection(flowith.uploadFile(source));
        assert.propertyVal(error, "name", "InvalidArgumentError");
        assert.match(String(error), /no-such-file\.bin.*(Check the path|Pass a File|Run Deno with)/);
      }
      assert.lengthOf(await control.journal(user), 0);
    },
  },
  {
    id: "bad input: a target that the platform does not know is refused before the file is fetched",
    async run({ newClient }) {
      const kinds: string[] = [];
      const { flowith } = await newClient({
        middleware: [
          (request, next, { kind }) => {
            kinds.push(kind);
            return next(request);
          },
        ],
      });
      const { image } = await flowith.generateImage("A cat");
      const wrong: object = {};
      const error = await rejection(image.save(wrong as URL));
      assert.propertyVal(error, "name", "InvalidArgumentError");
      assert.match(String(error), /^InvalidArgumentError: save: /);
      assert.notInclude(kinds, "download");
    },
  },
  {
    id: "bad input: an unreachable host is a ConnectionError that names it, and the option",
    async run({ control, createClient }) {
      const user = await control.newUser();
      const nowhere = "http://127.0.0.1:9";
      const client = createClient({ token: user.token, edgeUrl: nowhere, supabaseUrl: nowhere, maxRetries: 0 });
      const error = await rejection(client.generate("Hello"));
      assert.propertyVal(error, "name", "ConnectionError");
      assert.match(String(error), / 127\.0\.0\.1:9 \(.*\)\. Check the network and the (edgeUrl|supabaseUrl) option\.$/);
      const file = await rejection(client.uploadFile(`${nowhere}/a.png`));
      assert.propertyVal(file, "name", "ConnectionError");
      assert.match(String(file), / 127\.0\.0\.1:9 \(/);
      assert.notInclude(String(file), "Url");
    },
  },
];
