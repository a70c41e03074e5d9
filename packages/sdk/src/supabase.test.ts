import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { SupabaseClient } from "@supabase/supabase-js";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { Flowith } from "./node.ts";
import { supabaseClient } from "./supabase.ts";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterAll(() => emulator.close());
afterEach(() => void vi.restoreAllMocks());

function addresses() {
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  return { edgeUrl, supabaseUrl, supabaseKey };
}

it("is a whole client, signed in as the user, before and after a refresh", async () => {
  const user = await emulator.createUser();
  await using flowith = new Flowith({ ...addresses(), token: user.token, refreshToken: user.refreshToken });
  const { convId } = await flowith.generate("Hello");
  const supabase = supabaseClient(flowith);
  expect(supabase).toBeInstanceOf(SupabaseClient);
  for (let round = 0; round < 2; round++) {
    const { data } = await supabase.from("conversation").select("id,user_id").throwOnError();
    expect(data).toEqual([{ id: convId, user_id: user.id }]);
    await flowith.auth.refresh();
  }
  expect((await supabase.rpc("get_online_count").throwOnError()).data).toEqual(expect.any(Number));
});

it("follows a sign-in, and a sign-out is a typed error and no anonymous read", async () => {
  const password = "correct horse battery";
  const user = await emulator.createUser({ password });
  await using flowith = new Flowith(addresses());
  const supabase = supabaseClient(flowith);
  const rows = () => supabase.from("public_notice").select("*").throwOnError();
  await expect(rows()).rejects.toMatchObject({ name: "AuthenticationError" });
  await flowith.auth.signInWithPassword({ email: user.email, password });
  expect((await rows()).status).toBe(200);
  await flowith.auth.logout({ scope: "local" });
  await expect(rows()).rejects.toMatchObject({ name: "AuthenticationError" });
  // Without a session nothing went out, not even with the key for a token.
  const sent = emulator.journal.list({ route: "GET /rest/v1/public_notice" });
  expect(sent.map(({ status }) => status)).toEqual([200]);
});

it("gives its caller the refusals, after one refresh, and does not repeat a read twice over", async () => {
  const user = await emulator.createUser();
  const { token, refreshToken } = user;
  await using flowith = new Flowith({ ...addresses(), token, refreshToken, maxRetries: 1 });
  const supabase = supabaseClient(flowith);
  const route = "GET /rest/v1/migration";
  const statuses = () => emulator.journal.list({ route, user: user.id }).map(({ status }) => status);
  emulator.faults.arm({ type: "status", status: 401, route, user: user.id });
  expect((await supabase.from("migration").select("version")).status).toBe(200);
  emulator.faults.arm({ type: "status", status: 503, route, user: user.id, count: 0 });
  expect((await supabase.from("migration").select("version")).status).toBe(503);
  expect(statuses()).toEqual([401, 200, 503, 503]);
});

it("prints nothing where there is no session, and tells Realtime a token or throws, never null", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
  await using nobody = new Flowith(addresses());
  const { realtime } = supabaseClient(nobody);
  // The first answer, which the constructor asks for, is settled by now.
  await new Promise((resolve) => setTimeout(resolve));
  expect([warn.mock.calls, error.mock.calls]).toEqual([[], []]);
  expect(realtime.accessTokenValue).toBe(emulator.supabaseKey);
  await expect(realtime.accessToken?.()).rejects.toMatchObject({ name: "AuthenticationError" });

  const user = await emulator.createUser({ expiresInSeconds: 30 });
  await using flowith = new Flowith({ ...addresses(), token: user.token, refreshToken: user.refreshToken });
  const token = await supabaseClient(flowith).realtime.accessToken?.();
  expect(token).not.toBe(user.token);
  expect(token).toBe((await flowith.auth.session())?.accessToken);
});

it("cannot sign in by itself, so that the session has one owner", async () => {
  const supabase = supabaseClient(new Flowith(addresses()));
  expect(() => supabase.auth.getSession()).toThrow("accessToken option");
});

it("stands on what anybody can call, and so on any object that has it", async () => {
  const fetch = vi.fn(async () => Response.json([{ version: "7" }]));
  const supabaseUrl = "https://rows.test";
  const supabase = supabaseClient({ supabaseUrl, supabaseKey: "key", fetch, auth: { accessToken: async () => "t" } });
  expect((await supabase.from("migration").select("version")).data).toEqual([{ version: "7" }]);
  expect(fetch).toHaveBeenCalledOnce();
});
