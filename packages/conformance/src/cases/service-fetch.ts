import { assert } from "chai";
import type { Middleware } from "flowith-webapi";
import type { CaseContext, ConformanceCase } from "../conformance-case.ts";
import type { TestUser } from "../control.ts";
import { rejection } from "../rejection.ts";
import { serviceFetchBodyCases } from "./service-fetch-bodies.ts";

const NOTICES = "/rest/v1/public_notice";
const COUNT = "/rest/v1/rpc/get_online_count";

async function statuses({ control }: CaseContext, user: TestUser, route: string): Promise<(number | null)[]> {
  return (await control.journal(user, route)).map(({ status }) => status);
}

/** Keeps the headers of what goes out, whatever it is for. */
function recorded(): { sent: Headers[]; middleware: Middleware } {
  const sent: Headers[] = [];
  const middleware: Middleware = (request, next) => {
    sent.push(request.headers);
    return next(request);
  };
  return { sent, middleware };
}

/** What `flowith.fetch` does, and what it leaves to whoever calls it. */
export const serviceFetchCases: ConformanceCase[] = [
  {
    id: "requests: flowith.fetch is signed in for Supabase and the edge, whatever authorization it is given",
    async run({ newClient }) {
      const { sent, middleware } = recorded();
      const { flowith, user } = await newClient({ middleware: [middleware] });
      const { supabaseUrl, supabaseKey } = flowith;
      const headers = { Authorization: "Bearer mine", APIKEY: "mine", "x-trace": "42" };
      const rows = await flowith.fetch(`${supabaseUrl}/rest/v1/conversation?select=id`, { headers });
      assert.deepEqual(await rows.json(), []);
      const credits = await flowith.fetch(new URL(`${supabaseUrl}/user/credits`), { headers });
      assert.equal(credits.status, 200);
      assert.isArray(await credits.json());
      const seen = sent.map((of) => [of.get("authorization"), of.get("apikey"), of.get("x-trace")]);
      assert.deepEqual(seen, [
        [`Bearer ${user.token}`, supabaseKey, "42"],
        [user.token, null, "42"],
      ]);
    },
  },
  {
    id: "requests: flowith.fetch takes its client along",
    async run({ newClient }) {
      const { flowith } = await newClient();
      const { fetch, supabaseUrl } = flowith;
      const response = await fetch(supabaseUrl + NOTICES);
      assert.deepInclude({ ok: response.ok, url: response.url }, { ok: true, url: supabaseUrl + NOTICES });
      await response.body?.cancel();
      const nothing: unknown = null;
      for (const init of [undefined, nothing as RequestInit, { signal: null, body: null }]) {
        const again = await fetch(supabaseUrl + NOTICES, init);
        assert.isTrue(again.ok);
        await again.body?.cancel();
      }
    },
  },
  {
    id: "requests: flowith.fetch refuses every address but the service's own before any request",
    async run({ newClient }) {
      const { sent, middleware } = recorded();
      const { flowith } = await newClient({ middleware: [middleware], edgeUrl: "https://proxy.test/edge" });
      const root = new URL(flowith.supabaseUrl);
      const refused = [
        `${root.origin}.evil.test/rest/v1/a`,
        `${root.protocol}//${root.host}@evil.test/rest/v1/a`,
        `${root.protocol}//user:pass@${root.host}/rest/v1/a`,
        `${root.protocol}//evil.test/rest/v1/a`,
        `${root.origin}/rest/v1evil`,
        `${root.origin}/REST/V1/a`,
        `${root.origin}/rest/v1/../../user/credits`,
        `${root.origin}/rest/v1/%2e%2e/..%2f../user/credits`,
        `${root.origin}/user/credits`,
        "https://proxy.test/edgelike/models",
        "https://proxy.test/edge/../models",
        "http://proxy.test/edge/models",
        `//${root.host}/rest/v1/a`,
        "/rest/v1/a",
        "",
      ];
      for (const url of refused) {
        const error = await rejection(flowith.fetch(url));
        assert.propertyVal(error, "name", "InvalidArgumentError", url);
        assert.notInclude(String(error), "pass@");
      }
      const request: unknown = new Request(`${root.origin}/rest/v1/a`);
      assert.match(String(await rejection(flowith.fetch(request as string))), /must be a string or a URL/);
      assert.isEmpty(sent);
    },
  },
  {
    id: "requests: flowith.fetch refuses an init that cannot be sent, and shows none of it",
    async run({ newClient }) {
      const { sent, middleware } = recorded();
      const { flowith } = await newClient({ middleware: [middleware] });
      const wrong: RequestInit[] = [
        { method: "GET", body: "secret" },
        { method: "secret method" },
        { method: "TRACE" },
        { headers: { "x-key": "secret\nsecret" } },
        { signal: { aborted: false } as AbortSignal },
      ];
      for (const init of wrong) {
        const error = await rejection(flowith.fetch(flowith.supabaseUrl + NOTICES, init));
        assert.propertyVal(error, "name", "InvalidArgumentError");
        assert.notInclude(String(error), "secret");
      }
      assert.isEmpty(sent);
    },
  },
  {
    id: "requests: flowith.fetch resolves to a refusal as it came",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      for (const status of [400, 403, 404, 409, 422]) {
        const refusal = { type: "status", status, headers: { "x-why": "so" }, body: { message: "no" } };
        await control.fault(user, { ...refusal, route: `GET ${NOTICES}` });
        const response = await flowith.fetch(flowith.supabaseUrl + NOTICES);
        assert.equal(response.status, status);
        assert.deepEqual(await response.json(), { message: "no" });
      }
      assert.lengthOf(await control.journal(user, "POST /auth/v1/token"), 0);
    },
  },
  {
    id: "requests: flowith.fetch renews the token once after a 401, and a 401 that lasts is its answer",
    async run(context) {
      const { flowith, user } = await context.newClient();
      const url = flowith.supabaseUrl + NOTICES;
      await context.control.fault(user, { type: "status", status: 401, route: `GET ${NOTICES}` });
      assert.equal((await flowith.fetch(url)).status, 200);
      assert.deepEqual(await statuses(context, user, `GET ${NOTICES}`), [401, 200]);
      await context.control.fault(user, { type: "status", status: 401, count: 0, route: `GET ${NOTICES}` });
      const refused = await flowith.fetch(url);
      assert.equal(refused.status, 401);
      assert.deepEqual(await refused.json(), { message: "Fault: 401" });
      assert.deepEqual(await statuses(context, user, `GET ${NOTICES}`), [401, 200, 401, 401]);
      assert.lengthOf(await context.control.journal(user, "POST /auth/v1/token"), 2);
    },
  },
  {
    id: "requests: flowith.fetch hands a 401 over where nothing can renew the token",
    async run(context) {
      const { control, createClient } = context;
      const user = await control.newUser();
      const flowith = createClient({ token: user.token });
      await control.fault(user, { type: "status", status: 401, route: "GET /user/credits" });
      assert.equal((await flowith.fetch(`${flowith.supabaseUrl}/user/credits`)).status, 401);
      assert.deepEqual(await statuses(context, user, "GET /user/credits"), [401]);
    },
  },
  {
    id: "requests: flowith.fetch rejects without a usable session, and sends nothing",
    async run({ control, createClient }) {
      const { sent, middleware } = recorded();
      const user = await control.newUser({ expiresInSeconds: -60 });
      const nobody = createClient({ middleware: [middleware] });
      const error = await rejection(nobody.fetch(nobody.supabaseUrl + NOTICES));
      assert.propertyVal(error, "name", "AuthenticationError");
      assert.isEmpty(sent);
      // This machine's date may be wrong: a token that seems to have expired is asked about once.
      const old = createClient({ token: user.token, middleware: [middleware] });
      assert.equal((await old.fetch(old.supabaseUrl + NOTICES)).status, 401);
      const refused = await rejection(old.fetch(old.supabaseUrl + NOTICES));
      assert.propertyVal(refused, "name", "AuthenticationError");
      assert.lengthOf(sent, 1);
    },
  },
  {
    id: "requests: flowith.fetch does not follow a redirect",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      const location = `${flowith.supabaseUrl}/user/credits`;
      await control.fault(user, { type: "status", status: 302, headers: { location }, route: `GET ${NOTICES}` });
      const response = await flowith.fetch(flowith.supabaseUrl + NOTICES);
      // Browsers hide what a redirect says.
      assert.include([302, 0], response.status);
      assert.lengthOf(await control.journal(user, "GET /user/credits"), 0);
    },
  },
  {
    id: "requests: flowith.fetch repeats a GET that may pass, up to maxRetries, and no POST",
    async run(context) {
      const { flowith, user } = await context.newClient({ maxRetries: 1 });
      const failing = { type: "status", headers: { "retry-after": "0" } };
      await context.control.fault(user, { ...failing, status: 503, route: `GET ${NOTICES}` });
      assert.equal((await flowith.fetch(flowith.supabaseUrl + NOTICES)).status, 200);
      await context.control.fault(user, { ...failing, status: 503, count: 2, route: `GET ${NOTICES}` });
      const last = await flowith.fetch(flowith.supabaseUrl + NOTICES);
      assert.deepEqual([last.status, await last.json()], [503, { message: "Fault: 503" }]);
      assert.deepEqual(await statuses(context, user, `GET ${NOTICES}`), [503, 200, 503, 503]);
      for (const status of [503, 429]) {
        await context.control.fault(user, { ...failing, status, route: `POST ${COUNT}` });
        const post = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
        assert.equal((await flowith.fetch(flowith.supabaseUrl + COUNT, post)).status, status);
      }
      assert.deepEqual(await statuses(context, user, `POST ${COUNT}`), [503, 429]);
    },
  },
  {
    id: "requests: flowith.fetch repeats a GET whose connection broke",
    async run(context) {
      const { flowith, user } = await context.newClient();
      await context.control.fault(user, { type: "disconnect", route: `GET ${NOTICES}` });
      assert.equal((await flowith.fetch(flowith.supabaseUrl + NOTICES)).status, 200);
    },
  },
  {
    id: "requests: flowith.fetch ends with the signal's reason, before the headers and in the body",
    async run({ newClient, control }) {
      const { sent, middleware } = recorded();
      const { flowith, user } = await newClient({ middleware: [middleware] });
      const reason = new Error("enough");
      const over = flowith.fetch(flowith.supabaseUrl + NOTICES, { signal: AbortSignal.abort(reason) });
      assert.strictEqual(await rejection(over), reason);
      assert.isEmpty(sent);

      await control.fault(user, { type: "silence", route: `GET ${NOTICES}` });
      const waiting = new AbortController();
      const silent = rejection(flowith.fetch(flowith.supabaseUrl + NOTICES, { signal: waiting.signal }));
      while (sent.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      waiting.abort(reason);
      assert.strictEqual(await silent, reason);

      await control.script(user, { match: "slow", fragments: ["One ", "two "], delayMs: 20_000 });
      const body = JSON.stringify({ model: "gpt-4.1-nano", messages: [{ role: "user", content: "slow" }] });
      const reading = new AbortController();
      const { signal } = reading;
      const response = await flowith.fetch(`${flowith.supabaseUrl}/completion`, { method: "POST", body, signal });
      const reader = response.body?.getReader();
      assert.isFalse((await reader?.read())?.done);
      const next = reader?.read() ?? Promise.resolve();
      reading.abort(reason);
      assert.strictEqual(await rejection(next), reason);
    },
  },
  ...serviceFetchBodyCases,
];
