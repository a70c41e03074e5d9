import { execFile } from "node:child_process";
import { once } from "node:events";
import { type Emulator, type Fault, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { environment, McpOverStdio, main } from "./mcp-client.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ firstEventMs: 20, imageMs: 50, videoMs: 50 });
});
afterAll(() => emulator.close());

/** What a model reads: words on what to do, then JSON for programs. */
function errorOf(text: string): Record<string, unknown> {
  const [, json = ""] = /\n(\{.*\})$/.exec(text) ?? [];
  return JSON.parse(json).error;
}

const picture = { name: "generate_image", args: { prompt: "A boat" }, route: "POST /image_gen/async" };

describe("a fault of the service is a result that says what to do", () => {
  it.each([
    { status: 401, code: "authentication", advice: "FLOWITH_TOKEN" },
    { status: 402, code: "insufficient_credits", advice: "get_credits" },
    { status: 403, code: "permission", advice: "Tell the user" },
    { status: 422, code: "validation", advice: "list_models" },
  ])("$status", async ({ status, code, advice }) => {
    await using mcp = await McpOverStdio.start(emulator);
    emulator.faults.arm({ type: "status", status, route: picture.route, user: mcp.user.email, count: 0 });
    const text = await mcp.fail(picture.name, picture.args);
    expect(text).toContain(advice);
    expect(errorOf(text)).toMatchObject({ code, retryable: false });
    expect(text).not.toContain(mcp.user.token);
    expect(text).not.toContain(mcp.user.refreshToken);
  });

  it("429, with how long to wait", async () => {
    await using mcp = await McpOverStdio.start(emulator);
    const fault: Fault = { type: "status", status: 429, headers: { "retry-after": "120" }, route: picture.route };
    emulator.faults.arm({ ...fault, user: mcp.user.email, count: 0 });
    const text = await mcp.fail(picture.name, picture.args);
    expect(text).toContain("wait 120 seconds");
    expect(errorOf(text)).toMatchObject({ code: "rate_limit", retryable: true, retry_after_seconds: 120 });
  });

  it.each([
    { what: "500 after the job was taken", fault: { type: "status", status: 500, when: "after" } },
    { what: "a cut connection", fault: { type: "disconnect", when: "after" } },
  ] satisfies { what: string; fault: Fault }[])("$what: the job is found all the same", async ({ fault }) => {
    await using mcp = await McpOverStdio.start(emulator);
    emulator.faults.arm({ ...fault, route: picture.route, user: mcp.user.email });
    const { job_id } = await mcp.call(picture.name, picture.args);
    expect(await mcp.call("get_job", { job_id })).toMatchObject({ state: "done" });
    expect(emulator.journal.list({ user: mcp.user.email, route: picture.route })).toHaveLength(1);
  });

  it.each([
    { what: "500", fault: { type: "status", status: 500 } },
    { what: "a page of a proxy", fault: { type: "html" } },
  ] satisfies {
    what: string;
    fault: Fault;
  }[])("$what without a sign of the job: not to be started again, but waited for", async ({ fault }) => {
    await using mcp = await McpOverStdio.start(emulator);
    emulator.faults.arm({ ...fault, route: picture.route, user: mcp.user.email });
    const text = await mcp.fail(picture.name, picture.args);
    const { code, job_id } = errorOf(text);
    expect(code).toBe("server");
    expect(text).toContain(`do not start it again, call wait_for_job with job_id ${job_id}`);
    expect(await mcp.call("list_jobs")).toMatchObject({ jobs: [{ job_id }] });
  });

  it("a job that fails, with its reason, at once and when it is waited for", async () => {
    await using mcp = await McpOverStdio.start(emulator);
    emulator.model.add({ match: "forbidden", fail: { reason: "content_policy" }, user: mcp.user.email });
    const text = await mcp.fail(picture.name, { prompt: "forbidden" });
    expect(text).toContain("change the prompt");
    expect(errorOf(text)).toMatchObject({ code: "job_failed:content_policy" });
    const { job_id } = await mcp.call(picture.name, { prompt: "forbidden", wait: false });
    expect(await mcp.fail("wait_for_job", { job_id })).toContain("change the prompt");
    // it cost nothing
    expect(await mcp.call("get_credits")).toMatchObject({ spent: 0, costs: [] });
  });

  it("a picture that cannot be fetched is linked, and says why", async () => {
    await using mcp = await McpOverStdio.start(emulator);
    // a file is asked for without a token, so that it is nobody's
    const { id } = emulator.faults.arm({ type: "status", status: 404, route: "GET /files/*", count: 0 });
    try {
      expect(await mcp.call(picture.name, picture.args)).toMatchObject({
        state: "done",
        media: [{ shown: false, url: expect.stringMatching(/^http/), note: expect.stringContaining("404") }],
      });
    } finally {
      emulator.faults.remove(id);
    }
  });

  it("no service at all", async () => {
    const env = { FLOWITH_EDGE_URL: "http://127.0.0.1:2", FLOWITH_SUPABASE_URL: "http://127.0.0.1:2" };
    await using mcp = await McpOverStdio.start(emulator, { env });
    const text = await mcp.fail("list_conversations");
    expect(errorOf(text)).toMatchObject({ code: "connection" });
    expect(text).toContain("again in a while");
  });

  it("wrong arguments name what is wrong, and nothing is posted", async () => {
    await using mcp = await McpOverStdio.start(emulator);
    expect(await mcp.fail("generate_text", { prompt: "" })).toContain("prompt");
    expect(await mcp.fail("generate_image", { prompt: "A boat", size: "9k" })).toContain("512, 1k, 2k, 4k");
    expect(await mcp.fail("generate_text", { prompt: "Hello", conversation_id: "nope" })).toContain(
      "list_conversations",
    );
    expect(await mcp.fail("wait_for_job", { job_id: "nope" })).toContain("list_jobs");
    expect(emulator.journal.list({ user: mcp.user.email, route: "POST /completion/async" })).toEqual([]);
  });

  it("nobody signed in; who signs in meanwhile needs no new server", async () => {
    const env = { FLOWITH_TOKEN: "", FLOWITH_REFRESH_TOKEN: "" };
    await using mcp = await McpOverStdio.start(emulator, { env });
    const text = await mcp.fail("generate_text", { prompt: "Hello" });
    expect(text).toContain("Nobody is signed in");
    expect(text).toContain("`flowith login`");
    const login = execFile(process.execPath, [main, "login", "--token-stdin"], {
      env: { ...environment(emulator, mcp.user, mcp.cwd), ...env },
    });
    login.stdin?.end(mcp.user.token);
    expect(await once(login, "close")).toEqual([0, null]);
    expect(await mcp.call("generate_text", { prompt: "Hello" })).toMatchObject({ state: "done" });
  });

  it("an API key that the service refuses", async () => {
    await using mcp = await McpOverStdio.start(emulator, { env: { FLOWITH_API_KEY: "flo_0123456789abcdef" } });
    const calls = [
      ["search_knowledge", { question: "When does the ferry leave?" }],
      ["generate_music", { prompt: "A slow waltz for two cellos" }],
    ] as const;
    for (const [name, args] of calls) {
      const text = await mcp.fail(name, args);
      expect(text).toContain("FLOWITH_API_KEY");
      expect(text).not.toContain("flo_0123456789abcdef");
    }
  });
});
