// The real client, unpatched, over a socket.
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEmulator } from "./start-emulator.ts";

let emulator: Awaited<ReturnType<typeof startEmulator>>;
beforeAll(async () => {
  // shorter than what the client refreshes ahead of, so that it does so at once
  emulator = await startEmulator({ tokenLifetimeSeconds: 60 });
});
afterAll(() => emulator.close());

const clients: SupabaseClient[] = [];
afterAll(() => Promise.all(clients.map(({ auth }) => auth.stopAutoRefresh())));

function memory() {
  const items = new Map<string, string>();
  return {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  };
}

function client(): SupabaseClient {
  const created = createClient(emulator.supabaseUrl, emulator.supabaseKey, {
    auth: { storage: memory(), flowType: "pkce", autoRefreshToken: false },
  });
  clients.push(created);
  return created;
}

async function signedIn(): Promise<SupabaseClient> {
  const supabase = client();
  const { email } = await emulator.createUser({ password: "a-good-password" });
  const { error } = await supabase.auth.signInWithPassword({ email, password: "a-good-password" });
  expect(error).toBeNull();
  return supabase;
}

describe("supabase-js over a socket", () => {
  it("inserts, selects with an embed, counts, updates, upserts and deletes", async () => {
    const supabase = await signedIn();
    const made = await supabase.from("conversation").insert({ title: "One" }).select("id, title").single();
    expect(made.error).toBeNull();
    const conv_id = String(made.data?.id);
    const rows = [1, 2, 3].map((x) => ({ conv_id, type: "1", position: { x, y: 0 }, data: { value: `n${x}` } }));
    expect((await supabase.from("flow_node").insert(rows)).status).toBe(201);

    const read = await supabase
      .from("flow_node")
      .select("value:data->>value, conversation!inner(title)", { count: "exact" })
      .eq("conversation.title", "One")
      .or("data->>value.eq.n1,data->>value.eq.n3")
      .order("data->>value", { ascending: false })
      .range(0, 0);
    expect(read.data).toEqual([{ value: "n3", conversation: { title: "One" } }]);
    expect(read.count).toBe(2);

    const renamed = await supabase.from("conversation").update({ title: "Two" }).eq("id", conv_id).select("title");
    expect(renamed.data).toEqual([{ title: "Two" }]);
    const upserted = await supabase
      .from("conversation")
      .upsert({ id: conv_id, title: "Three" })
      .select("title")
      .single();
    expect(upserted.data).toEqual({ title: "Three" });
    await supabase.from("flow_node").delete().eq("conv_id", conv_id).eq("data->>value", "n1");
    const left = await supabase.from("flow_node").select("*", { count: "exact", head: true }).eq("conv_id", conv_id);
    expect(left.count).toBe(2);
  });

  it("calls functions", async () => {
    const supabase = await signedIn();
    const before = (await supabase.rpc("get_online_count")).data;
    expect((await supabase.rpc("upsert_online_session", { p_session_id: "here" })).error).toBeNull();
    expect((await supabase.rpc("get_online_count", {}, { get: true })).data).toBe(before + 1);
  });

  it("tells errors as Postgres does, and shows nobody another's rows", async () => {
    const [one, other] = [await signedIn(), await signedIn()];
    const { data } = await one.from("conversation").insert({ title: "Mine" }).select("id").single();
    const seen = await other.from("conversation").select("id").eq("id", data?.id);
    expect(seen.data).toEqual([]);
    expect((await other.from("conversation").select("nope")).error?.code).toBe("42703");
    expect((await other.from("conversation").select("id").eq("id", "x").single()).error?.code).toBe("22P02");
  });

  it("refreshes by itself before the token ends", async () => {
    const supabase = await signedIn();
    const first = (await supabase.auth.getSession()).data.session;
    const refreshed = new Promise<string | undefined>((resolve) => {
      supabase.auth.onAuthStateChange((event, session) => {
        if (event === "TOKEN_REFRESHED") resolve(session?.refresh_token);
      });
    });
    await supabase.auth.startAutoRefresh();
    expect(await refreshed).not.toBe(first?.refresh_token);
    expect((await supabase.from("conversation").select("id")).error).toBeNull();
  });

  it("signs in with OAuth and PKCE through the consent page, and out again", async () => {
    const { auth } = client();
    const { data } = await auth.signInWithOAuth({
      provider: "google",
      options: { redirectTo: "http://localhost:3000/welcome", skipBrowserRedirect: true },
    });
    const toProvider = await fetch(data.url ?? "", { redirect: "manual" });
    const consent = await (await fetch(toProvider.headers.get("location") ?? "")).text();
    const action = /<form action="([^"]+)"/.exec(consent)?.[1] ?? "";
    const state = /name="state" value="([^"]+)"/.exec(consent)?.[1] ?? "";
    const chosen = new URLSearchParams({ state, code: "erin@example.com" });
    const back = await fetch(`${action}?${chosen}`, { redirect: "manual" });
    const code = new URL(back.headers.get("location") ?? "").searchParams.get("code") ?? "";
    const { data: session, error } = await auth.exchangeCodeForSession(code);
    expect(error).toBeNull();
    expect(session.user?.email).toBe("erin@example.com");

    expect((await auth.signOut()).error).toBeNull();
    const gone = { refresh_token: session.session?.refresh_token ?? "" };
    expect((await auth.refreshSession(gone)).error?.code).toBe("refresh_token_not_found");
  });
});
