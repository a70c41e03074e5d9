import { request as httpRequest } from "node:http";
import type { EmulatorUser } from "@flowith-webapi/emulator";
import { Flowith, type FlowithOptions } from "flowith-webapi";
import { FlowithDeveloper } from "flowith-webapi/developer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Listening, listen } from "../cli/listen.ts";
import type { Gateway } from "../create-gateway.ts";
import { useService } from "../testing/service.ts";

const ORIGIN = "https://page.test";
const STREAM = "GET /user_stream/stream";
const streamOf = (userId: string) => `/user_stream/stream?user_id=${userId}`;
const service = useService();
let server: Listening;
beforeAll(async () => {
  server = await listen(service.gateway({ passThroughOrigins: [ORIGIN] }).fetch, 0, "127.0.0.1");
});
afterAll(() => server.stop(0));

/** What a page sets, with the origin that its browser sends. */
function ofPage({ token, refreshToken }: EmulatorUser): Flowith {
  const options: FlowithOptions = {
    token,
    refreshToken,
    edgeUrl: `${server.url}/edge`,
    supabaseUrl: `${server.url}/supabase`,
    supabaseKey: service.emulator.supabaseKey,
    headers: { origin: ORIGIN },
    maxRetries: 0,
  };
  return new Flowith(options);
}

it("carries what the SDK asks, by its two addresses alone", async () => {
  const user = await service.user();
  const flowith = ofPage(user);
  try {
    const { reference } = await flowith.uploadFile(new Blob(["a mill"]), { filename: "a.txt" });
    expect(reference).toContain("a.txt");
    service.emulator.model.add({ match: "Count", fragments: ["one ", "two ", "three"], delayMs: 50, user: user.id });
    const stream = flowith.generateStream("Count");
    let pieces = 0;
    for await (const { textDelta } of stream) if (textDelta !== "") pieces += 1;
    expect((await stream.output).text).toBe("one two three");
    expect(pieces).toBeGreaterThan(1);
    expect((await flowith.generate("Say: hi", { direct: true })).text).toBe("hi");
    expect((await flowith.generateImage("A cat")).image.url).toMatch(/^http/);
    expect((await flowith.generateVideo("A cat")).video.url).toMatch(/^http/);
    const [conversation] = await flowith.conversations.list();
    if (conversation === undefined) throw new Error("There is no conversation.");
    await flowith.conversations.rename(conversation.convId, "Renamed");
    expect((await flowith.conversations.get(conversation.convId)).title).toBe("Renamed");
    expect(await flowith.conversations.nodes(conversation.convId)).not.toEqual([]);
    await flowith.conversations.delete(conversation.convId);
    await Promise.all([
      flowith.models.list(),
      flowith.templates.list(),
      flowith.account.balance(),
      flowith.account.creditType(),
      flowith.account.profile(),
      flowith.account.uploads(),
      flowith.account.subscriptions(),
      flowith.content.notices(),
      flowith.content.projects(),
      flowith.content.migration(),
      flowith.presence.count(),
      flowith.conversations.cooperations(),
    ]);
    expect((await flowith.auth.user()).email).toBe(user.email);
    expect((await flowith.auth.refresh()).accessToken).not.toBe(user.token);
    await flowith.auth.logout();
  } finally {
    flowith.close();
  }
});

it("carries the developer API", async () => {
  const user = await service.user();
  const headers = { origin: ORIGIN };
  const developer = new FlowithDeveloper({ apiKey: user.apiKey, edgeUrl: `${server.url}/edge`, headers });
  const messages = [{ role: "user" as const, content: "Say: hi" }];
  expect((await developer.chat(messages, { model: "gpt-4.1-nano" })).text).toBe("hi");
  developer.close();
});

it("answers a preflight, and lets the page read what it needs", async () => {
  const preflight = await fetch(`${server.url}/supabase/rest/v1/conversation`, {
    method: "OPTIONS",
    headers: {
      origin: ORIGIN,
      "access-control-request-method": "PATCH",
      "access-control-request-headers": "apikey,authorization,prefer",
    },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-origin")).toBe(ORIGIN);
  expect(preflight.headers.get("access-control-allow-headers")).toBe("apikey,authorization,prefer");
  expect(preflight.headers.get("access-control-allow-methods")).toContain("PATCH");
  const answer = await fetch(`${server.url}/edge/models`, { headers: { origin: ORIGIN } });
  expect(answer.headers.get("access-control-allow-origin")).toBe(ORIGIN);
  expect(answer.headers.get("access-control-expose-headers")).toContain("retry-after");
  expect(answer.headers.get("vary")?.toLowerCase()).toContain("origin");
});

describe("whoever is not let through", () => {
  it.each([undefined, "null", "https://page.test.evil.example", "http://page.test", "https://page.test:444"])(
    "from %s gets 403, and the service hears nothing",
    async (origin) => {
      const user = await service.user();
      const headers: Record<string, string> = {
        authorization: user.token,
        ...(origin === undefined ? {} : { origin }),
      };
      for (const method of ["GET", "OPTIONS"]) {
        const answer = await fetch(`${server.url}/edge/user/credits`, { method, headers });
        expect(answer.status).toBe(403);
        expect(answer.headers.get("access-control-allow-origin")).toBeNull();
        expect(await answer.json()).toMatchObject({ error: { code: "origin_refused" } });
      }
      expect(service.emulator.journal.list({ user: user.id })).toEqual([]);
    },
  );

  it("may still be sent to a sign-in, which a browser opens without an origin", async () => {
    const address = `${server.url}/supabase/auth/v1/authorize?provider=google&redirect_to=http%3A%2F%2F127.0.0.1%3A1`;
    const answer = await fetch(address, { redirect: "manual" });
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toMatch(/^http/);
  });
});

/** A request whose target is sent as it is written. */
function raw(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<number | undefined> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    httpRequest({ hostname, port, path, method, headers: { origin: ORIGIN, ...headers } }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode));
    })
      .on("error", reject)
      .end();
  });
}

describe("no other path of the service", () => {
  it.each([
    "/supabase/rest/v1/",
    "/supabase/rest/v1/secrets",
    "/supabase/auth/v1/admin/users",
    "/supabase/../edge/admin",
    "/supabase/rest/v1/conversation/../secrets",
    "/supabase/rest/v1/%2e%2e/%2e%2e/auth/v1/admin/users",
    "/supabase/rest/v1/conversation%2f..%2fsecrets",
    "/supabase/rest/v1/conversation%3fx",
    "/supabase/rest/v1/..%5csecrets",
    "/supabase//rest/v1/conversation",
    "/edge/user/credits/",
    "/edge/@evil.example/",
    "/edge/https://evil.example/",
    "/edgeuser/credits",
    "/edge",
    "/_emulator/status",
  ])("%s", async (path) => {
    expect(await raw(path)).toBe(404);
  });

  it.each(["DELETE", "PUT", "PATCH", "TRACE"])("and no other method: %s", async (method) => {
    expect(await raw("/supabase/rest/v1/flow_node", {}, method)).toBeGreaterThanOrEqual(400);
  });

  it("is reached by what is not set", async () => {
    const answer = await service.gateway().fetch("http://gateway.test/edge/models", { headers: { origin: ORIGIN } });
    expect(answer.status).toBe(404);
  });
});

describe("headers", () => {
  it("that are of one hop, of the page or secrets of its own do not reach the service", async () => {
    const user = await service.user();
    const headers = {
      authorization: user.token,
      cookie: "secret=1",
      referer: "https://page.test/private",
      "x-forwarded-for": "10.0.0.1",
      connection: "keep-alive, x-hop",
      "x-hop": "1",
      "x-kept": "yes",
    };
    expect(await raw("/edge/user/credits", headers)).toBe(200);
    const [request] = service.emulator.journal.list({ user: user.id });
    const names = Object.keys(request?.headers ?? {});
    expect(names).toContain("x-kept");
    for (const name of ["cookie", "referer", "origin", "x-forwarded-for", "x-hop"]) expect(names).not.toContain(name);
  });

  it("of an answer that would bind the gateway's own origin are left out", async () => {
    const user = await service.user();
    const headers = {
      "set-cookie": "a=b",
      "strict-transport-security": "max-age=1",
      "access-control-allow-origin": "*",
    };
    service.emulator.faults.arm({ type: "status", status: 429, route: "GET /user/credits", user: user.id, headers });
    const answer = await fetch(`${server.url}/edge/user/credits`, {
      headers: { origin: ORIGIN, authorization: user.token },
    });
    expect(answer.status).toBe(429);
    expect(answer.headers.get("access-control-allow-origin")).toBe(ORIGIN);
    for (const name of ["set-cookie", "strict-transport-security"]) expect(answer.headers.get(name)).toBeNull();
    expect(answer.headers.get("content-security-policy")).toContain("sandbox");
  });
});

it("a service that is away is a 502 in shape", async () => {
  const { fetch: ask } = service.gateway({
    passThroughOrigins: [ORIGIN],
    flowith: { edgeUrl: "http://127.0.0.1:9", fetch: () => Promise.reject(new TypeError("fetch failed")) },
  });
  const answer = await ask("http://gateway.test/edge/models", { headers: { origin: ORIGIN } });
  expect(answer.status).toBe(502);
  expect(answer.headers.get("access-control-allow-origin")).toBe(ORIGIN);
  expect(await answer.json()).toMatchObject({ error: { code: "connection" } });
});

describe("an event stream", () => {
  /** One of a page, and what comes of it. */
  async function opened(gateway: Gateway, { id, token }: EmulatorUser) {
    const leaving = new AbortController();
    const { signal } = leaving;
    const headers = { origin: ORIGIN, authorization: token };
    const answer = await gateway.fetch(`http://gateway.test/edge${streamOf(id)}`, { headers, signal });
    expect(answer.status).toBe(200);
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    if (reader === undefined) throw new Error("There is no stream.");
    return { reader, leave: () => leaving.abort() };
  }

  it("outlives the time that a request may take", async () => {
    const user = await service.user();
    const gateway = service.gateway({ passThroughOrigins: [ORIGIN], requestTimeoutMs: 1_500 });
    const { reader, leave } = await opened(gateway, user);
    // It began later, so that its time is over later.
    service.emulator.faults.arm({ type: "silence", route: "GET /user/credits", user: user.id });
    const headers = { origin: ORIGIN, authorization: user.token };
    const late = await gateway.fetch("http://gateway.test/edge/user/credits", { headers });
    expect(late.status).toBe(504);
    const { edgeUrl, supabaseUrl, supabaseKey } = service.emulator;
    const flowith = new Flowith({ token: user.token, edgeUrl, supabaseUrl, supabaseKey });
    const asked = flowith.generate("Say: halibut");
    let text = "";
    while (!text.includes("halibut")) {
      const { done, value = "" } = await reader.read();
      if (done) throw new Error(`It has ended after ${text}`);
      text += value;
    }
    await asked;
    flowith.close();
    leave();
    expect(await service.emulator.journal.waitFor({ user: user.id, route: STREAM, isCutShort: true })).toBeDefined();
  });

  it("ends with a shutdown, which does not wait for it, and not before answers that end", async () => {
    const user = await service.user();
    service.emulator.model.add({ match: "40 words", reply: "word ".repeat(40), delayMs: 10, user: user.id });
    const gateway = service.gateway({ passThroughOrigins: [ORIGIN] });
    const { reader } = await opened(gateway, user);
    const reading = (async () => {
      while (!(await reader.read()).done);
    })().then(
      () => "ended",
      () => "ended",
    );
    const developer = new FlowithDeveloper({
      apiKey: user.apiKey,
      edgeUrl: "http://gateway.test/edge",
      headers: { origin: ORIGIN },
      fetch: gateway.fetch,
    });
    const stream = developer.chatStream([{ role: "user", content: "40 words" }], { model: "gpt-4.1-nano" });
    let drained: Promise<void> | undefined;
    for await (const { text } of stream) {
      if (text !== "") drained ??= gateway.drain(600_000);
    }
    expect((await stream.output).text.trim().split(" ")).toHaveLength(40);
    await drained;
    expect(await reading).toBe("ended");
    developer.close();
  });
});

describe("the limits of a caller", () => {
  const ask = ({ fetch: send }: Gateway, path: string, headers: Record<string, string> = {}) =>
    send(`http://gateway.test${path}`, { headers: { origin: ORIGIN, ...headers } });

  it("count what is under way by a token, and nothing that has none", async () => {
    const [user, other] = [await service.user(), await service.user()];
    const gateway = service.gateway({ passThroughOrigins: [ORIGIN], maxConcurrentPerCaller: 1 });
    const authorization = user.token;
    const stream = await ask(gateway, `/edge${streamOf(user.id)}`, { authorization });
    expect(stream.status).toBe(200);
    const refused = await ask(gateway, "/edge/user/credits", { authorization });
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(refused.headers.get("access-control-allow-origin")).toBe(ORIGIN);
    expect(await refused.json()).toMatchObject({ error: { code: "too_many_requests" } });
    // The same caller by another way of writing it, and below /v1.
    const bearer = { authorization: `Bearer ${user.token}`, apikey: service.emulator.supabaseKey };
    for (const path of ["/supabase/rest/v1/conversation", "/v1/models"]) {
      expect((await ask(gateway, path, bearer)).status).toBe(429);
    }
    expect((await ask(gateway, "/edge/user/credits", { authorization: other.token })).status).toBe(200);
    const publicKey = service.emulator.supabaseKey;
    const anybody = { authorization: `Bearer ${publicKey}`, apikey: publicKey };
    const notices = ["/supabase/rest/v1/public_notice", "/supabase/rest/v1/public_notice"];
    const answers = await Promise.all(notices.map((path) => ask(gateway, path, anybody)));
    expect(answers.map(({ status }) => status)).not.toContain(429);
    for (const answer of answers) await answer.body?.cancel();
    expect((await ask(gateway, "/edge/models")).status).toBe(200);
    await stream.body?.cancel();
    expect((await ask(gateway, "/edge/user/credits", { authorization })).status).toBe(200);
  });

  it("count the requests of a minute", async () => {
    const { token: authorization } = await service.user();
    const gateway = service.gateway({ passThroughOrigins: [ORIGIN], requestsPerMinute: 1 });
    // A minute may end between two: of three, two are of one minute.
    const statuses = [];
    for (const _ of [1, 2, 3]) statuses.push((await ask(gateway, "/edge/user/credits", { authorization })).status);
    expect(statuses[0]).toBe(200);
    expect(statuses).toContain(429);
    for (const _ of [1, 2, 3]) expect((await ask(gateway, "/edge/models")).status).toBe(200);
  });
});
