import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Emulator } from "./emulator.ts";
import { createEmulator, startEmulator } from "./start-emulator.ts";
import { OpenStream } from "./testing/open-stream.ts";
import { TestClient } from "./testing/test-client.ts";

describe("startEmulator", () => {
  it("serves edge, rows and sign-in on one origin and files on another", async () => {
    await using emulator = await startEmulator();
    expect(emulator.edgeUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(emulator.supabaseUrl).toBe(emulator.edgeUrl);
    const [alice] = emulator.users;
    expect(alice).toMatchObject({ email: "alice@example.com", id: "a11ce000-0000-4000-8000-000000000001" });
    const headers = { apikey: emulator.supabaseKey, authorization: `Bearer ${alice?.token}` };
    const titles = await fetch(`${emulator.supabaseUrl}/rest/v1/conversation?select=title&order=title`, { headers });
    expect(await titles.json()).toEqual([{ title: "Budget" }, { title: "Kyoto in autumn" }]);
    const me = await fetch(`${emulator.supabaseUrl}/auth/v1/user`, { headers });
    expect(await me.json()).toMatchObject({ email: "alice@example.com" });

    const form = new FormData();
    form.set("file", new File(["Hello from a file"], "note one.txt", { type: "text/plain" }));
    form.set("type", "txt");
    const authorization = alice?.token ?? "";
    const stored = await fetch(`${emulator.edgeUrl}/file/store`, {
      method: "POST",
      headers: { authorization },
      body: form,
    });
    const { url }: { url: string } = await stored.json();
    expect(new URL(url).origin).toBe(emulator.url.replace("127.0.0.1", "localhost"));
    const file = await fetch(url);
    expect(file.headers.get("content-type")).toBe("text/plain");
    expect(await file.text()).toBe("Hello from a file");
    const part = await fetch(url, { headers: { range: "bytes=6-9" } });
    expect([part.status, await part.text()]).toEqual([206, "from"]);
    const leak = await fetch(url, { headers: { authorization } });
    expect([leak.status, await leak.json()]).toMatchObject([400, { code: "token_leaked" }]);
    expect(emulator.journal.list({ route: "/files/*", status: 400 })).toHaveLength(1);
    expect(emulator.journal.list({ route: "/files/*", user: "alice@example.com" })).toHaveLength(1);
    const records = await fetch(`${emulator.supabaseUrl}/rest/v1/user_upload_records?select=value,name,type`, {
      headers,
    });
    expect(await records.json()).toEqual([{ value: url, name: "note one.txt", type: "txt" }]);
  });

  it.each([
    [undefined, "http://localhost:5173/"],
    [["https://flowith.io/**"], "https://flowith.io"],
  ])("leads a sign-in back where the list %j allows it, else to the site", async (allowedRedirects, target) => {
    await using emulator = await createEmulator({ ...(allowedRedirects && { allowedRedirects }) });
    const visit = async (address: string): Promise<URL> => {
      const { headers } = await emulator.fetch(new Request(address));
      return new URL(headers.get("location") ?? "");
    };
    const wish = "provider=google&redirect_to=http://localhost:5173/";
    const consent = await visit(`${emulator.supabaseUrl}/auth/v1/authorize?${wish}`);
    const state = consent.searchParams.get("state");
    const back = await visit(`${emulator.supabaseUrl}/auth/v1/callback?state=${state}&code=alice@example.com`);
    expect(back.href.split("#")[0]).toBe(new URL(target).href);
  });

  it("ends open streams and running jobs when it is closed", async () => {
    const emulator = await startEmulator({ fragmentMs: 1000, firstEventMs: 0 });
    const user = await emulator.createUser();
    const headers = { authorization: user.token };
    const stream = new OpenStream(await fetch(`${emulator.edgeUrl}/user_stream/sse?user_id=${user.id}`, { headers }));
    await stream.until(({ text }) => text !== "");
    const body = JSON.stringify({ model: "gpt-4.1-nano", messages: [{ role: "user", content: "Write 100 words" }] });
    const direct = new OpenStream(await fetch(`${emulator.edgeUrl}/completion`, { method: "POST", headers, body }));
    await direct.until(({ text }) => text !== "");
    await emulator.close();
    await stream.untilEnded();
    await direct.untilEnded();
    await expect(fetch(emulator.url)).rejects.toThrow();
    await emulator.close();
  });

  it("notices that a client has hung up, and keeps its events for the next connection", async () => {
    await using emulator = await startEmulator({ firstEventMs: 50, fragmentMs: 1 });
    const client = await TestClient.create(emulator);
    const hangUp = new AbortController();
    const url = `${emulator.edgeUrl}/user_stream/sse?user_id=${client.user.id}`;
    const headers = { authorization: client.user.token };
    const first = new OpenStream(await fetch(url, { headers, signal: hangUp.signal }));
    await first.until(({ text }) => text !== "");
    hangUp.abort();
    await first.untilEnded();
    const { nodeId } = await client.draw("A ripe banana");
    await expect.poll(() => client.data(nodeId), { timeout: 5000 }).toMatchObject({ status: "done" });
    const second = new OpenStream(await fetch(url, { headers }));
    await second.untilEvent("workflow_complete");
    await second.close();
  });

  it("makes no fuss about a client that leaves in the middle of a body", async () => {
    const complaints: unknown[] = [];
    await using emulator = await createEmulator({ onError: (error) => complaints.push(error) });
    const leave = new AbortController();
    const body = new ReadableStream({
      pull(controller) {
        leave.abort(new Error("left"));
        controller.error(new Error("broken off"));
      },
    });
    const init = { method: "POST", headers: { "content-type": "application/json" }, body, duplex: "half" };
    await expect(emulator.fetch("/completion", { ...init, signal: leave.signal })).rejects.toThrow("left");
    expect((await emulator.fetch("/models")).status).toBe(200);
    expect(complaints).toEqual([]);
    expect(await emulator.journal.waitFor({ route: "POST /completion" })).toMatchObject({ status: null, body: null });
  });

  it.each([
    ["/file/store", "multipart/form-data; boundary=x"],
    ["/rest/v1/flow_node", "text/csv"],
    ["/auth/v1/otp", "application/octet-stream"],
  ])("neither prints nor notes an error where a client hangs up in the middle of a body for %s", async (path, type) => {
    using print = vi.spyOn(console, "error");
    const complaints: unknown[] = [];
    await using emulator = await startEmulator({ onError: (error) => complaints.push(error) });
    const authorization = `Bearer ${emulator.users[0]?.token}`;
    const url = new URL(path, emulator.url);
    const headers = { authorization, apikey: emulator.supabaseKey, "content-type": type, "content-length": "1000000" };
    const upload = httpRequest(url, { method: "POST", headers });
    upload.write("--x\r\n");
    const hungUp = once(upload, "error");
    await emulator.journal.waitFor({ route: `POST ${path}` });
    upload.destroy(new Error("left"));
    await hungUp;
    // what has come in before is dealt with first
    expect((await fetch(`${emulator.url}/models`)).status).toBe(200);
    expect(emulator.journal.list({ route: `POST ${path}` })).toMatchObject([{ status: null }]);
    expect(complaints).toEqual([]);
    expect(print).not.toHaveBeenCalled();
  });

  it("knows nobody and guards its controls on an address that others can reach", async () => {
    await using emulator = await startEmulator({ host: "0.0.0.0" });
    const origin = emulator.url.replace("0.0.0.0", "127.0.0.1");
    expect(emulator.users).toEqual([]);
    expect((await fetch(`${origin}/__emulator`)).status).toBe(401);
    const headers = { "x-emulator-key": emulator.controlKey ?? "" };
    expect((await fetch(`${origin}/__emulator/users`, { method: "POST", headers })).status).toBe(201);
  });
});

describe("whoever asks", () => {
  it.each(["0.0.0.0", "::"])("finds it at its address where it serves all of them: %s", async (host) => {
    await using everywhere = await startEmulator({ host });
    expect(new URL(everywhere.url).hostname).toBe(host === "::" ? "[::1]" : "127.0.0.1");
    expect((await fetch(`${everywhere.url}/models`)).status).toBe(200);
  });

  it("may speak HTTP/1.0, which names no host", async () => {
    await using emulator = await startEmulator();
    const socket = connect(Number(new URL(emulator.url).port), "127.0.0.1");
    socket.write("GET /models HTTP/1.0\r\n\r\n");
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });
});

describe("its controls", () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator({ firstEventMs: 5, fragmentMs: 1 });
  });
  afterAll(() => emulator.close());

  it("snapshot and restore: rows, users, counters and files come back", async () => {
    const client = await TestClient.create(emulator);
    const convId = await client.conversation();
    const taken = await (await fetch(`${emulator.url}/__emulator/snapshot`, { method: "POST" })).text();
    const { id }: { id: string } = JSON.parse(taken);
    await client.rest(`/conversation?id=eq.${convId}`, { method: "PATCH", body: '{"title":"changed"}' });
    const late = await TestClient.create(emulator);
    await late.conversation();
    expect((await fetch(`${emulator.url}/__emulator/restore/${id}`, { method: "POST" })).status).toBe(200);
    expect(await (await client.rest("/conversation?select=id,title")).json()).toEqual([{ id: convId, title: null }]);
    expect(await (await late.rest("/conversation?select=id")).json()).toEqual([]);
    await client.refresh();
    await expect(late.refresh()).rejects.toThrow();
    expect((await fetch(`${emulator.url}/__emulator/restore/nothing`, { method: "POST" })).status).toBe(404);
  });

  it("journal: shows each request, its tokens redacted, and waits for one that is to come", async () => {
    const client = await TestClient.create(emulator);
    const query = `user=${client.user.email}&route=${encodeURIComponent("GET /user/credits")}`;
    const waiting = fetch(`${emulator.url}/__emulator/journal?${query}&wait=5000`);
    await client.get("/user/credits");
    expect(await (await waiting).json()).toMatchObject([
      {
        method: "GET",
        path: "/user/credits",
        userId: client.user.id,
        headers: { authorization: expect.stringMatching(/^\[redacted /) },
      },
    ]);
    await client.refresh();
    const [refresh] = emulator.journal.list({ route: "POST /auth/v1/token", user: client.user.email });
    expect(refresh).toMatchObject({ status: 200, query: "?grant_type=refresh_token" });
    expect(refresh?.body).toMatch(/^\{"refresh_token":"\[redacted [0-9a-f]{8}\]"\}$/);
    expect(JSON.stringify(emulator.journal.list())).not.toContain(client.user.token);
    expect(await emulator.journal.waitFor({ route: "/nothing" }, 10)).toBeUndefined();
  });

  it("emails: shows the code that was sent to sign in with", async () => {
    const [alice] = emulator.users;
    const post = (path: string, body: object): Promise<Response> =>
      fetch(`${emulator.supabaseUrl}/auth/v1${path}`, {
        method: "POST",
        headers: { apikey: emulator.supabaseKey, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    expect((await post("/otp", { email: alice?.email, create_user: false })).status).toBe(200);
    const sent: unknown = await (await fetch(`${emulator.url}/__emulator/emails?to=${alice?.email}`)).json();
    expect(sent).toMatchObject([{ to: alice?.email, type: "magiclink", otp: expect.stringMatching(/^\d{6}$/) }]);
    const token = emulator.emails[0]?.otp;
    const session: unknown = await (await post("/verify", { type: "email", email: alice?.email, token })).json();
    expect(session).toMatchObject({ user: { id: alice?.id } });
  });

  it("users: made on demand, with a token that lives as long as asked for", async () => {
    const body = JSON.stringify({ email: "carol@example.com", expiresInSeconds: 30, credits: 7 });
    const response = await fetch(`${emulator.url}/__emulator/users`, { method: "POST", body });
    const { token, ...rest }: { token: string } = await response.json();
    expect(rest).toMatchObject({
      email: "carol@example.com",
      id: expect.any(String),
      refreshToken: expect.any(String),
    });
    const credits = async (): Promise<Response> =>
      fetch(`${emulator.edgeUrl}/user/credits`, { headers: { authorization: token } });
    expect(await (await credits()).json()).toMatchObject([{ remain_quota: 7 }]);
    emulator.clock.advance(31_000);
    expect((await credits()).status).toBe(401);
    emulator.clock.reset();
  });

  it("reset: everything is as it was at the start", async () => {
    const control = (path: string, body?: object): Promise<Response> =>
      fetch(`${emulator.url}/__emulator${path}`, { method: "POST", ...(body && { body: JSON.stringify(body) }) });
    const client = await TestClient.create(emulator);
    await client.conversation();
    const stream = await client.stream();
    await control("/clock", { advanceMs: 5_000_000 });
    await control("/faults", { type: "status", status: 500, count: 0, route: "/models" });
    await control("/script", { match: "capital", reply: "scripted" });
    await control("/settings", { fragmentMs: 5000 });
    expect((await control("/reset")).status).toBe(200);
    await stream.untilEnded();
    expect((await fetch(`${emulator.url}/models`)).status).toBe(200);
    expect(emulator.settings.fragmentMs).toBe(1);
    expect(Math.abs(emulator.clock.now() - Date.now())).toBeLessThan(1000);
    const [user] = emulator.users;
    if (user === undefined) throw new Error("alice is gone");
    const alice = new TestClient(emulator, user);
    const again = await alice.stream();
    await alice.ask("What is the capital of Poland?");
    await again.untilEvent("complete");
    expect(again.streamedText).toBe("The capital of Poland is Warsaw.");
    expect(emulator.journal.list({ user: client.user.id })).toEqual([]);
  });
});
