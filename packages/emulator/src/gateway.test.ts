import { describe, expect, it } from "vitest";
import { createGateway } from "./gateway.ts";

const publishableKey = "sb_publishable_test";

/** Both services answer with what they were asked. */
function echoing(name: string) {
  return async (request: Request) => {
    const { pathname, search } = new URL(request.url);
    const { apikey, authorization } = Object.fromEntries(request.headers);
    return Response.json({
      name,
      method: request.method,
      path: pathname + search,
      apikey,
      authorization,
      body: await request.text(),
    });
  };
}

const gateway = createGateway({ publishableKey, rest: echoing("rest"), auth: echoing("auth") });

async function ask(path: string, init?: RequestInit): Promise<{ status: number; body: unknown; headers: Headers }> {
  const response = await gateway(new Request(`http://127.0.0.1${path}`, init));
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
}

const withKey = { headers: { apikey: publishableKey } };

describe("createGateway", () => {
  it("passes on a method that no fetch could send", async () => {
    const request = new Request("http://127.0.0.1/rest/v1/x", withKey);
    Object.defineProperty(request, "method", { value: "TRACE" });
    expect(await (await gateway(request)).json()).toMatchObject({ name: "rest", method: "TRACE" });
  });

  it("strips the prefix and keeps the query as it was written", async () => {
    const { body } = await ask("/rest/v1/flow_node?select=*,conv_id(*)&columns=%22id%22", withKey);
    expect(body).toMatchObject({ name: "rest", path: "/flow_node?select=*,conv_id(*)&columns=%22id%22" });
  });

  it("hands the body on", async () => {
    const { body } = await ask("/auth/v1/token?grant_type=pkce", { ...withKey, method: "POST", body: "{}" });
    expect(body).toMatchObject({ name: "auth", method: "POST", path: "/token?grant_type=pkce", body: "{}" });
  });

  it("takes the key from the query and takes it out", async () => {
    for (const [sent, seen] of [
      [`?apikey=${publishableKey}`, ""],
      [`?apikey=${publishableKey}&a=1`, "?a=1"],
      [`?a=1&apikey=${publishableKey}`, "?a=1"],
      [`?a=1&apikey=${publishableKey}&b=2`, "?a=1&b=2"],
    ]) {
      expect((await ask(`/rest/v1/x${sent}`)).body).toMatchObject({ path: `/x${seen}` });
    }
  });

  it("refuses a request without a key, and one with another", async () => {
    const missing = await ask("/rest/v1/x");
    expect(missing).toMatchObject({ status: 401, body: { message: "No API key found in request" } });
    const wrong = await ask("/rest/v1/x", { headers: { apikey: "another" } });
    expect(wrong).toMatchObject({ status: 401, body: { message: "Invalid API key" } });
  });

  it("drops a bearer that is only the key, and no other", async () => {
    const key = await ask("/auth/v1/user", {
      headers: { apikey: publishableKey, authorization: `Bearer ${publishableKey}` },
    });
    expect(key.body).not.toHaveProperty("authorization");
    const token = await ask("/auth/v1/user", { headers: { apikey: publishableKey, authorization: "Bearer a.b.c" } });
    expect(token.body).toMatchObject({ authorization: "Bearer a.b.c" });
  });

  it("lets through what browsers open without a key", async () => {
    for (const path of ["/authorize", "/callback", "/verify", "/.well-known/jwks.json", "/emulator/consent/google"]) {
      expect((await ask(`/auth/v1${path}`)).status).toBe(200);
    }
  });

  it("allows a browser to send the key", async () => {
    const silent = createGateway({
      publishableKey,
      rest: echoing("rest"),
      auth: async () => new Response(null, { status: 204, headers: { vary: "Origin" } }),
    });
    const headers = {
      origin: "https://app.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": "apikey,content-type",
    };
    const answer = await silent(new Request("http://127.0.0.1/auth/v1/token", { method: "OPTIONS", headers }));
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("access-control-allow-headers")).toBe("apikey,content-type");
    expect(answer.headers.get("vary")).toBe("Origin");
  });

  it("knows no other path", async () => {
    expect((await ask("/storage/v1/x", withKey)).status).toBe(404);
    expect((await ask("/rest/v10/x", withKey)).status).toBe(404);
  });
});
