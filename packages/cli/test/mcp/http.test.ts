import { once } from "node:events";
import { request } from "node:http";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KEY, McpOverHttp } from "./mcp-over-http.ts";

const ORIGIN = "https://app.test:8443";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ firstEventMs: 20, imageMs: 50, videoMs: 2_500 });
});
afterAll(() => emulator.close());

/** The status of a request that says what `fetch` does not let one say. */
async function statusOf(url: string, headers: Record<string, string>, method = "POST"): Promise<number | undefined> {
  const sent = request(url, { method, headers: { "content-type": "application/json", ...headers } });
  sent.end(method === "POST" ? JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping" }) : undefined);
  const [answer] = await once(sent, "response");
  answer.resume();
  return answer.statusCode;
}

describe("over HTTP, it is refused", () => {
  it("without the key, by pages of other origins, and by names that are not this machine's", async () => {
    await using mcp = await McpOverHttp.start(emulator, "--allow-origin", ORIGIN);
    const authorization = `Bearer ${KEY}`;
    expect(await statusOf(mcp.url, {})).toBe(401);
    expect(await statusOf(mcp.url, { authorization: "Bearer another-key-of-16" })).toBe(401);
    expect(await statusOf(mcp.url, { authorization, origin: "https://evil.test" })).toBe(403);
    expect(await statusOf(mcp.url, { authorization, origin: "null" })).toBe(403);
    expect(await statusOf(mcp.url, { authorization, host: "evil.test" })).toBe(403);
    expect(await statusOf(mcp.url, { authorization, origin: "https://evil.test" }, "OPTIONS")).toBe(403);
    await expect(mcp.connect({}, "another-key-of-16")).rejects.toThrow("Unauthorized");
  });

  it("unless it is a page that --allow-origin names", async () => {
    await using mcp = await McpOverHttp.start(emulator, "--allow-origin", ORIGIN);
    const asked = { origin: ORIGIN, "access-control-request-method": "POST" };
    const preflight = await fetch(mcp.url, {
      method: "OPTIONS",
      headers: { ...asked, "access-control-request-headers": "authorization,content-type,mcp-protocol-version" },
    });
    expect(preflight.headers.get("access-control-allow-origin")).toBe(ORIGIN);
    expect(preflight.headers.get("access-control-allow-headers")).toContain("mcp-protocol-version");
    const answer = await fetch(mcp.url, {
      method: "POST",
      headers: {
        origin: ORIGIN,
        authorization: `Bearer ${KEY}`,
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
      },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping" }),
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe(ORIGIN);
    await answer.body?.cancel();
  });
});
