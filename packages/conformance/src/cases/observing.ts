import { assert } from "chai";
import type { Logger, Middleware } from "flowith-webapi";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

function recordingLogger(): { logger: Logger; lines: string[] } {
  const lines: string[] = [];
  const line =
    (level: string) =>
    (message: string, fields?: object): void =>
      void lines.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`);
  return { lines, logger: { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") } };
}

export const observingCases: ConformanceCase[] = [
  {
    id: "requests: the log is silent by default, and tells at its level of requests, connections and jobs",
    async run({ newClient, control }) {
      const { logger, lines } = recordingLogger();
      const { flowith, user } = await newClient({ logger });
      await flowith.generate("A secret prompt");
      assert.isEmpty(lines);
      flowith.setLogLevel("debug");
      await control.fault(user, { type: "status", status: 503, route: "GET /rest/v1/flow_node" });
      const output = await flowith.generate("A secret prompt");
      await flowith.conversations.nodes(output.convId);
      const text = lines.join("\n");
      assert.match(
        text,
        /debug flowith request .*"what":"POST \/completion\/async","status":200,"attempts":1,"ms":\d+/,
      );
      assert.match(text, /"what":"GET \/rest\/v1\/flow_node","status":200,"attempts":2/);
      assert.match(text, new RegExp(`info flowith job: done .*"nodeId":"${output.nodeId}"`));
      for (const secret of [user.token, user.refreshToken, "secret prompt"]) assert.notInclude(text, secret);
      flowith.setLogLevel("silent");
      const before = lines.length;
      await flowith.generate("Hello");
      assert.lengthOf(lines, before);
    },
  },
  {
    id: "events: a listener that throws harms neither the job nor the connection",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const states: string[] = [];
      flowith.events.onConnection(() => {
        throw new Error("the page is gone");
      });
      flowith.events.onConnection(({ channel, state }) => void states.push(`${channel} ${state}`));
      const stop = flowith.events.onConnection(({ state }) => void states.push(`not told of ${state}`));
      stop();
      let chunks = 0;
      for await (const _ of flowith.generateStream("Write 12 words")) chunks++;
      assert.deepEqual(states.slice(0, 2), ["stream connecting", "stream open"]);
      assert.isAbove(chunks, 0);
      const wrong: unknown = "print";
      assert.throws(() => flowith.events.onConnection(wrong as () => void), /onConnection: the listener must be/);
    },
  },
  {
    id: "requests: middleware goes as an onion round every request, with its kind and attempt",
    async run({ newClient, control }) {
      const seen: string[] = [];
      const layer =
        (name: string): Middleware =>
        async (request, next, { kind, attempt }) => {
          seen.push(`${name} ${kind} ${attempt} ${request.method}`);
          const response = await next(request);
          seen.push(`${name} back`);
          return response;
        };
      const { flowith, user } = await newClient({ middleware: [layer("outer"), layer("inner")] });
      await control.fault(user, { type: "status", status: 503, route: "GET /rest/v1/flow_node" });
      const { image, convId } = await flowith.generateImage("A boat");
      await image.bytes();
      await flowith.uploadFile(new Blob(["x"]));
      await flowith.conversations.nodes(convId);
      for (const kind of [
        "edge 0 POST",
        "events 0 GET",
        "upload 0 POST",
        "rows 0 POST",
        "rows 1 GET",
        "download 0 GET",
      ]) {
        assert.include(seen, `outer ${kind}`);
        assert.include(seen, `inner ${kind}`);
      }
      const upload = seen.indexOf("outer upload 0 POST");
      assert.deepEqual(seen.slice(upload, upload + 4), [
        "outer upload 0 POST",
        "inner upload 0 POST",
        "inner back",
        "outer back",
      ]);
    },
  },
  {
    id: "requests: middleware can answer itself, and what it throws passes unchanged",
    async run({ newClient }) {
      const bug = new Error("mine");
      const answers: Middleware = async (request, next, { kind }) => {
        if (kind === "upload") return Response.json({ url: "https://example.com/stored.txt" });
        if (kind === "download") throw bug;
        return next(request);
      };
      const { flowith } = await newClient({ middleware: [answers] });
      assert.equal((await flowith.uploadFile(new Blob(["x"]))).url, "https://example.com/stored.txt");
      const { image } = await flowith.generateImage("A boat");
      const error = await image.bytes().catch((reason: unknown) => reason);
      assert.strictEqual(error, bug);
    },
  },
  {
    id: "requests: a page of a proxy in place of JSON is named as what it is, and signs nobody out",
    async run({ newClient }) {
      let isCaptive = true;
      const portal: Middleware = async (request, next, { kind }) =>
        isCaptive && (kind === "rows" || kind === "auth" || kind === "edge")
          ? new Response("<html>Please pay for the Wi-Fi</html>", { headers: { "content-type": "text/html" } })
          : next(request);
      const { flowith } = await newClient({ middleware: [portal] });
      const convId = "0b6e7ac6-0a60-4b0b-8c0b-1f1f5f0e7b11";
      const calls: [RegExp, () => Promise<unknown>][] = [
        [/GET \/rest\/v1\/conversation answered with an HTML page/, () => flowith.conversations.list()],
        [/GET \/rest\/v1\/flow_node answered with an HTML page/, () => flowith.conversations.nodes(convId)],
        [/GET \/user\/credits answered with an HTML page/, () => flowith.account.credits()],
        [/GET \/auth\/v1\/user answered with an HTML page/, () => flowith.auth.user()],
        [/POST \/auth\/v1\/token answered with an HTML page/, () => flowith.auth.refresh()],
      ];
      for (const [message, call] of calls) {
        const error = await call().catch((reason: unknown) => reason);
        assert.propertyVal(error, "name", "ResponseShapeError");
        assert.match(String(error), message);
      }
      isCaptive = false;
      assert.isNotNull(await flowith.auth.session());
      assert.isEmpty(await flowith.conversations.list());
    },
  },
  {
    id: "requests: a wrong supabaseKey is named as the cause, costs no refresh and signs nobody out",
    async run({ control, createClient }) {
      const user = await control.newUser();
      const asked: string[] = [];
      const { token, refreshToken } = user;
      const flowith = createClient({
        token,
        refreshToken,
        supabaseKey: "sb_publishable_wrong",
        middleware: [
          (request, next) => {
            asked.push(new URL(request.url).pathname.replace(/.*(?=\/(rest|auth)\/)/, ""));
            return next(request);
          },
        ],
      });
      const changes: string[] = [];
      flowith.auth.onChange(({ type }) => changes.push(type));
      const calls = [
        () => flowith.conversations.list(),
        () => flowith.auth.refresh(),
        () => flowith.auth.signInWithPassword({ email: user.email, password: "x" }),
      ];
      for (const call of calls) {
        const error = await rejection(call());
        assert.deepInclude(error, { name: "APIError", status: 401 });
        assert.match(String(error), /Invalid API key\. Check the supabaseKey option\.$/);
      }
      assert.deepEqual(asked, ["/rest/v1/conversation", "/auth/v1/token", "/auth/v1/token"]);
      assert.isEmpty(changes);
      assert.isNotNull(await flowith.auth.session());
    },
  },
  {
    id: "requests: nothing in place of a user or a session is no lost connection",
    async run({ newClient }) {
      const { flowith } = await newClient({
        middleware: [async (request, next, { kind }) => (kind === "auth" ? Response.json(null) : next(request))],
      });
      const { auth } = flowith;
      const signIn = () => auth.signInWithPassword({ email: "alice@example.com", password: "correct horse" });
      for (const call of [signIn, () => auth.user(), () => auth.refresh()]) {
        const error = await call().catch((reason: unknown) => reason);
        assert.propertyVal(error, "name", "ResponseShapeError");
      }
    },
  },
  {
    id: "conversations: nodes are a list also where the server sends one row, or nothing",
    async run({ newClient }) {
      const convId = "0b6e7ac6-0a60-4b0b-8c0b-1f1f5f0e7b11";
      let answer: unknown = { id: convId, type: "1", p_id: convId, data: { value: "Hello" } };
      const { flowith } = await newClient({
        middleware: [async (request, next, { kind }) => (kind === "rows" ? Response.json(answer) : next(request))],
      });
      assert.deepEqual(
        (await flowith.conversations.nodes(convId)).map(({ text }) => text),
        ["Hello"],
      );
      answer = null;
      assert.isEmpty(await flowith.conversations.nodes(convId));
    },
  },
];
