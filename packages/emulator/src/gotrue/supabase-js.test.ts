import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestService, type TestService } from "./testing/test-service.ts";

let service: TestService;

beforeAll(async () => {
  service = await createTestService();
});
afterAll(() => service.database.close());
beforeEach(async () => {
  await service.goTrue.deleteAll();
  await service.goTrue.createUser({ email: "alice@example.com", password: "alice-password" });
});

function memoryStorage() {
  const items = new Map<string, string>();
  return {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  };
}

function client(flowType: "pkce" | "implicit" = "pkce"): SupabaseClient {
  return createClient(service.publicUrl, service.publishableKey, {
    auth: {
      flowType,
      autoRefreshToken: false,
      detectSessionInUrl: false,
      persistSession: true,
      storage: memoryStorage(),
    },
    global: { fetch: service.fetch },
  });
}

const credentials = { email: "alice@example.com", password: "alice-password" };

/** Follow the consent page as a browser would: the address of the form that holds this account. */
async function consent(authorizeUrl: string, account: string): Promise<URL> {
  const toProvider = await service.fetch(authorizeUrl, { redirect: "manual" });
  const page = await (await service.fetch(toProvider.headers.get("location") ?? "")).text();
  const action = /<form action="([^"]+)"/.exec(page)?.[1] ?? "";
  const state = /name="state" value="([^"]+)"/.exec(page)?.[1] ?? "";
  const answer = await service.fetch(`${action}?${new URLSearchParams({ state, code: account })}`, {
    redirect: "manual",
  });
  return new URL(answer.headers.get("location") ?? "");
}

describe("unpatched supabase-js", () => {
  it("signs in by password, refreshes, gets the user and signs out", async () => {
    const { auth } = client();
    const signedIn = await auth.signInWithPassword(credentials);
    expect(signedIn.error).toBeNull();
    expect(signedIn.data.user?.email).toBe("alice@example.com");
    const first = signedIn.data.session?.refresh_token;

    const refreshed = await auth.refreshSession();
    expect(refreshed.error).toBeNull();
    expect(refreshed.data.session?.refresh_token).not.toBe(first);

    expect((await auth.getUser()).data.user?.id).toBe(signedIn.data.user?.id);
    expect((await auth.signOut()).error).toBeNull();
    expect((await auth.getSession()).data.session).toBeNull();
    expect((await auth.getUser(refreshed.data.session?.access_token)).error?.name).toBe("AuthSessionMissingError");
  });

  it("tells a wrong password by its code", async () => {
    const { error } = await client().auth.signInWithPassword({ ...credentials, password: "wrong" });
    expect(error).toMatchObject({ name: "AuthApiError", status: 400, code: "invalid_credentials" });
  });

  it("tells why a password is too weak", async () => {
    const { error } = await client().auth.signUp({ email: "new@example.com", password: "12345" });
    expect(error).toMatchObject({ name: "AuthWeakPasswordError", reasons: ["length"] });
  });

  it("signs in with OAuth and PKCE through the consent page", async () => {
    const { auth } = client();
    const { data } = await auth.signInWithOAuth({
      provider: "google",
      options: { redirectTo: "http://localhost:3000/welcome", skipBrowserRedirect: true },
    });
    const landed = await consent(data.url ?? "", "carol@example.com");
    expect(landed.origin + landed.pathname).toBe("http://localhost:3000/welcome");

    const { data: exchanged, error } = await auth.exchangeCodeForSession(landed.searchParams.get("code") ?? "");
    expect(error).toBeNull();
    expect(exchanged.user?.email).toBe("carol@example.com");
    expect(exchanged.user?.app_metadata).toMatchObject({ provider: "google" });
    expect(exchanged.session?.provider_token).toBe("provider-access-carol");
    expect((await auth.getUser()).data.user?.email).toBe("carol@example.com");
  });

  it("gets a session in the fragment without PKCE", async () => {
    const { auth } = client("implicit");
    const { data } = await auth.signInWithOAuth({ provider: "github", options: { skipBrowserRedirect: true } });
    const landed = await consent(data.url ?? "", "alice@example.com");
    const fragment = new URLSearchParams(landed.hash.slice(1));
    const session = {
      access_token: fragment.get("access_token") ?? "",
      refresh_token: fragment.get("refresh_token") ?? "",
    };
    const { data: set } = await auth.setSession(session);
    expect(set.user?.app_metadata.providers).toEqual(["email", "github"]);
  });

  it("verifies an access token by itself, with the published key", async () => {
    const { auth } = client();
    await auth.signInWithPassword(credentials);
    const { data, error } = await auth.getClaims();
    expect(error).toBeNull();
    expect(data?.claims).toMatchObject({ iss: `${service.publicUrl}/auth/v1`, role: "authenticated" });
  });

  it("signs in with the code of a mail", async () => {
    const { auth } = client();
    expect((await auth.signInWithOtp({ email: "erin@example.com" })).error).toBeNull();
    const token = service.emails.at(-1)?.otp ?? "";
    const { data, error } = await auth.verifyOtp({ email: "erin@example.com", token, type: "email" });
    expect(error).toBeNull();
    expect(data.user?.email).toBe("erin@example.com");
  });

  it("turns a guest into a user", async () => {
    const { auth } = client();
    const guest = await auth.signInAnonymously();
    expect(guest.data.user?.is_anonymous).toBe(true);
    const { data, error } = await auth.updateUser({ email: "frank@example.com", password: "frank-password" });
    expect(error).toBeNull();
    expect(data.user).toMatchObject({ id: guest.data.user?.id, email: "frank@example.com", is_anonymous: false });
  });

  it("signs out other sessions and stays signed in", async () => {
    const [here, there] = [client(), client()];
    await here.auth.signInWithPassword(credentials);
    await there.auth.signInWithPassword(credentials);
    await here.auth.signOut({ scope: "others" });
    expect((await here.auth.getUser()).error).toBeNull();
    expect((await there.auth.refreshSession()).error?.code).toBe("refresh_token_not_found");
  });
});
