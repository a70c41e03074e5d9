import { assert } from "chai";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

/** What once went wrong, or easily could. */
export const regressionCases: ConformanceCase[] = [
  {
    id: "bad input: no error message shows a value that was passed by mistake",
    async run({ createClient }) {
      const token = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.U0VDUkVUU0lH";
      const asOptions: object = Object(token);
      for (const wrong of [asOptions, { authScheme: `Bearer ${token}` }, { headers: { Authorization: token } }]) {
        const options: object = wrong;
        assert.throws(() => createClient(options), /./);
        try {
          createClient(options);
        } catch (error) {
          assert.notInclude(String(error), "U0VDUkVUU0lH");
        }
      }
      const broken = await rejection(createClient({ token: token.replace("U0", "U0\n") }).generate("Hello"));
      assert.propertyVal(broken, "name", "AuthenticationError");
      assert.notInclude(String(broken), "VDUkVUU0lH");
    },
  },
  {
    id: "requests: a redirect is not followed with a token or a body",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const { edgeUrl } = await control.addresses();
      const location = `${edgeUrl.replace("127.0.0.1", "localhost")}/models`;
      const redirect = { type: "status", status: 307, headers: { location } };
      await control.fault(user, { ...redirect, route: "POST /completion/async" });
      assert.match(String(await rejection(flowith.generate("Hello"))), /redirect/);
      await control.fault(user, { ...redirect, route: "POST /file/store" });
      assert.propertyVal(await rejection(flowith.uploadFile(new Blob(["x"]))), "name", "FileUploadError");
      assert.lengthOf(await control.journal(user, "/models"), 0);
    },
  },
  {
    id: "requests: the client's own headers go to the service, not to file hosts",
    async run({ newClient, control }) {
      const sent: string[] = [];
      const { flowith, user } = await newClient({
        headers: { "X-Trace": "42" },
        middleware: [
          (request, next) => {
            if (request.headers.has("x-trace")) sent.push(new URL(request.url).pathname);
            return next(request);
          },
        ],
      });
      const { image } = await flowith.generateImage("A boat");
      await image.bytes();
      assert.include(sent, "/image_gen/async");
      assert.isEmpty(sent.filter((path) => path.startsWith("/files/")));
      const [post] = await control.journal(user, "POST /image_gen/async");
      assert.equal(post?.headers["content-type"], "application/json");
    },
  },
  {
    id: "requests: what middleware changes of a request is sent",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient({
        middleware: [
          (request, next) => {
            request.headers.set("x-added", "yes");
            return next(request);
          },
        ],
      });
      await flowith.generate("Hello");
      const [post] = await control.journal(user, "POST /completion/async");
      assert.equal(post?.headers["x-added"], "yes");
    },
  },
  {
    id: "auth: a refresh token alone is enough",
    async run({ control, createClient }) {
      const user = await control.newUser();
      const output = await createClient({ refreshToken: user.refreshToken }).generate("What is the capital of Poland?");
      assert.include(output.text, "Warsaw");
    },
  },
  {
    id: "auth: a store that holds another user's session is not taken for ours",
    async run({ control, createClient }) {
      const alice = await control.newUser({ expiresInSeconds: 30 });
      const bob = await control.newUser();
      const flowith = createClient({
        token: alice.token,
        refreshToken: alice.refreshToken,
        userId: alice.id,
        store: {
          load: async () => ({ accessToken: bob.token, expiresAtMs: Date.now() + 10_000, userId: bob.id }),
          save: async () => undefined,
          clear: async () => undefined,
        },
      });
      await flowith.generate("Hello");
      assert.isEmpty(await control.journal(bob));
    },
  },
  {
    id: "auth: a store that cannot save is heard of, and the call after that goes on",
    async run({ control, createClient }) {
      const user = await control.newUser({ expiresInSeconds: 30 });
      const cause = new Error("disk full");
      const flowith = createClient({
        token: user.token,
        refreshToken: user.refreshToken,
        store: { load: async () => null, save: () => Promise.reject(cause), clear: async () => undefined },
      });
      assert.deepInclude(await rejection(flowith.generate("Hello")), { name: "SessionStoreError", cause });
      assert.isNotEmpty((await flowith.generate("Hello")).text);
    },
  },
  {
    id: "jobs: each failed job has its own handle, also where one refusal ends many",
    async run({ control, createClient }) {
      const user = await control.newUser();
      const flowith = createClient({ token: user.token });
      await control.script(user, { match: "wait", fragments: ["a", "b"], delayMs: 20_000 });
      await control.fault(user, { type: "status", status: 401, route: "GET /rest/v1/flow_node", count: 0 });
      const errors = await Promise.all([1, 2, 3].map((index) => rejection(flowith.generate(`wait ${index}`))));
      const nodeIds = errors.map((error) =>
        typeof error === "object" && error !== null ? Reflect.get(error, "handle")?.nodeId : undefined,
      );
      assert.lengthOf(new Set(nodeIds), 3);
      for (const error of errors) assert.deepInclude(error, { name: "AuthenticationError", partial: "a" });
    },
  },
  {
    id: "jobs: an end that does not carry the text, with a gap before it, is settled by the row",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.script(user, { match: "early", fragments: ["One ", "two."] });
      await control.fault(user, { type: "final-text", result: "", route: "/user_stream/stream" });
      await control.fault(user, { type: "lose", seqs: [1], route: "/user_stream/stream" });
      assert.equal((await flowith.generate("early")).text, "One two.");
    },
  },
  {
    id: "jobs: an answer to the post that is no JSON does not give the job up",
    async run({ newClient }) {
      const { flowith } = await newClient({
        fetch: async (input, init) => {
          const response = await fetch(input, init);
          return String(input).includes("/completion/async") ? new Response(null, { status: 200 }) : response;
        },
      });
      assert.include((await flowith.generate("What is the capital of Poland?")).text, "Warsaw");
    },
  },
  {
    id: "jobs: a callback that throws fails its own call, and nothing else",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const bug = new Error("bug in the callback");
      const onProgress = (): void => {
        throw bug;
      };
      assert.strictEqual(await rejection(flowith.generate("Hello", { onProgress })), bug);
      assert.strictEqual(await rejection(flowith.generateImage("A boat", { onProgress })), bug);
      assert.isNotEmpty((await flowith.generate("Hello")).text);
    },
  },
  {
    id: "jobs: an option that is undefined counts as absent",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient({ timeout: { totalMs: 3_000 } });
      await control.script(user, { match: "slow", reply: "late", firstEventMs: 15_000 });
      const error = await rejection(flowith.generate("slow", { timeout: { totalMs: undefined } }));
      assert.deepInclude(error, { name: "TimeoutError", limitMs: 3_000 });
      const session = flowith.startConversation({ model: "gemini-3.1-pro-preview" });
      await rejection(session.send("slow", { model: undefined }));
      const posts = await control.journal(user, "POST /completion/async");
      assert.include(posts.at(-1)?.body ?? "", "gemini-3.1-pro-preview");
    },
  },
  {
    id: "jobs: a limit longer than a timer can be is no limit of 1 ms",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const output = await flowith.generate("Hello", {
        timeout: { totalMs: Number.MAX_SAFE_INTEGER, idleMs: 2 ** 40 },
      });
      assert.isNotEmpty(output.text);
      await flowith.uploadFile(new Blob(["x"]), { timeout: { totalMs: 3e9 } });
    },
  },
  {
    id: "jobs: a wait for another attempt that is longer than the job may last is not begun",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const refusal = { type: "status", status: 429, headers: { "retry-after": "60" }, count: 0 };
      await control.fault(user, { ...refusal, route: "POST /completion/async" });
      const error = await rejection(flowith.generate("Hello", { timeout: { totalMs: 5_000 } }));
      assert.deepInclude(error, { name: "RateLimitError", retryAfterMs: 60_000 });
    },
  },
  {
    id: "requests: close ends what is under way, and the client can be used again",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.script(user, { match: "slow", fragments: ["a", "b"], delayMs: 20_000 });
      const stream = flowith.generateStream("slow");
      const read = async (): Promise<void> => {
        for await (const _ of stream) flowith.close();
      };
      assert.propertyVal(await rejection(read()), "name", "AbortError");
      assert.isNotEmpty((await flowith.generate("Hello")).text);
    },
  },
  {
    id: "upload: a source that never ends obeys limit and signal",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const late = await rejection(flowith.uploadFile(new ReadableStream({}), { timeout: { totalMs: 200 } }));
      assert.deepInclude(late, { name: "TimeoutError", phase: "total" });
      const reason = new Error("enough");
      const signal = AbortSignal.abort(reason);
      assert.strictEqual(await rejection(flowith.uploadFile(new ReadableStream({}), { signal })), reason);
      assert.propertyVal(await rejection(flowith.uploadFile("https://")), "name", "InvalidArgumentError");
    },
  },
  {
    id: "conversations: the pictures of a turn are remembered",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const session = flowith.startConversation();
      await session.send("Look", { images: ["https://example.com/cat.png"] });
      await session.send("What was it?");
      const posts = await control.journal(user, "POST /completion/async");
      assert.deepEqual(JSON.parse(posts[1]?.body ?? "").messages[0].content[1], {
        type: "image_url",
        image_url: { url: "https://example.com/cat.png" },
      });
    },
  },
  {
    id: "conversations: after a failed turn the next stands beside it, in the same conversation",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const session = flowith.startConversation();
      await control.fault(user, { type: "status", status: 422, route: "POST /completion/async" });
      assert.propertyVal(await rejection(session.send("One")), "name", "ValidationError");
      const { convId } = await session.send("Two");
      const prompts = (await flowith.conversations.nodes(convId)).filter((node) => node.type === "1");
      assert.deepEqual(
        prompts.map((node) => node.position),
        [
          { x: 0, y: 130 },
          { x: 420, y: 130 },
        ],
      );
    },
  },
  {
    id: "conversations: a turn in the queue obeys its own signal, and names options that are not its own",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.script(user, { match: "slow", reply: "late", firstEventMs: 15_000 });
      const session = flowith.startConversation();
      const first = rejection(session.send("slow"));
      const reason = new Error("enough");
      assert.strictEqual(await rejection(session.send("Two", { signal: AbortSignal.abort(reason) })), reason);
      const wrong: object = { convId: "x" };
      assert.match(String(await rejection(session.send("Three", wrong))), /session\.send: there is no option "convId"/);
      flowith.close();
      assert.propertyVal(await first, "name", "AbortError");
    },
  },
];
