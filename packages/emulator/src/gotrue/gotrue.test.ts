import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { authSchema } from "./schema.ts";
import { createTestService, type TestService } from "./testing/test-service.ts";

let service: TestService;

beforeAll(async () => {
  service = await createTestService({ tokenLifetimeSeconds: 600, reuseIntervalSeconds: 2 });
  await service.database.exec("create role anon nologin; create role authenticated nologin;");
  await service.database.exec("grant usage on schema auth to anon, authenticated;");
});
afterAll(() => service.database.close());
beforeEach(async () => {
  await service.goTrue.deleteAll();
  service.emails.length = 0;
});

async function alice() {
  const user = await service.goTrue.createUser({ email: "Alice@Example.com", password: "alice-password" });
  return { user, session: await service.goTrue.createSession(user.id) };
}

const refresh = (refresh_token: string) => service.call("POST", "/token?grant_type=refresh_token", { refresh_token });

describe("createUser and createSession", () => {
  it("make a user who can sign in", async () => {
    const { user, session } = await alice();
    expect(user.email).toBe("alice@example.com");
    expect(session.user).toMatchObject({ id: user.id, email: "alice@example.com", is_anonymous: false });
    const credentials = { email: user.email, password: "alice-password" };
    expect((await service.call("POST", "/token?grant_type=password", credentials)).status).toBe(200);
  });

  it("take an id, and no address twice", async () => {
    const id = "a11ce000-0000-4000-8000-000000000001";
    expect(await service.goTrue.createUser({ id, email: "a@example.com" })).toEqual({ id, email: "a@example.com" });
    await expect(service.goTrue.createUser({ email: "A@example.com" })).rejects.toThrow();
    await expect(service.goTrue.createSession(crypto.randomUUID())).rejects.toThrow("There is no user");
  });

  it("let nobody in by password who has none", async () => {
    await service.goTrue.createUser({ email: "open@example.com" });
    for (const password of ["", "x"]) {
      const { json } = await service.call("POST", "/token?grant_type=password", {
        email: "open@example.com",
        password,
      });
      expect(json).toMatchObject({ code: "invalid_credentials" });
    }
  });

  it("use the lifetime that is set", async () => {
    const { session } = await alice();
    expect(session.expires_in).toBe(600);
    expect(session.expires_at).toBe(Math.floor(service.clock.at / 1000) + 600);
  });
});

describe("an error that nobody foresaw", () => {
  it("is a bare 500 outside, and told in full inside", async () => {
    const errors: unknown[] = [];
    const query = () => Promise.reject(new Error("out of order"));
    const database = { ...service.database, query };
    const broken = await createTestService({ database, onError: (error) => errors.push(error) });
    const credentials = { email: "a@example.com", password: "x" };
    const answer = await broken.call("POST", "/token?grant_type=password", credentials);
    expect(answer).toMatchObject({ status: 500, json: { code: "unexpected_failure" } });
    expect(String(errors[0])).toContain("out of order");
  });
});

describe("deleteAll", () => {
  it("ends every session", async () => {
    const { session } = await alice();
    await service.goTrue.deleteAll();
    expect((await refresh(session.refresh_token)).json).toMatchObject({ code: "refresh_token_not_found" });
    const authorization = `Bearer ${session.access_token}`;
    expect((await service.call("GET", "/user", undefined, { authorization })).json).toMatchObject({
      code: "user_not_found",
    });
  });
});

describe("refreshing", () => {
  it("gives two callers with one token the same next token", async () => {
    const { session } = await alice();
    const [first, second] = await Promise.all([refresh(session.refresh_token), refresh(session.refresh_token)]);
    expect(first.json).toMatchObject({ refresh_token: expect.stringMatching(/^[a-z2-7]{12}$/) });
    expect(second.json).toMatchObject({ refresh_token: Object(first.json).refresh_token });
  });

  it("revokes the family when an older token comes after the interval", async () => {
    const { session } = await alice();
    const second = Object((await refresh(session.refresh_token)).json).refresh_token;
    const third = Object((await refresh(second)).json).refresh_token;
    service.clock.at += 2001;
    expect((await refresh(session.refresh_token)).json).toMatchObject({ code: "refresh_token_already_used" });
    service.clock.at += 2001;
    expect((await refresh(third)).json).toMatchObject({ code: "refresh_token_already_used" });
  });
});

describe("mails", () => {
  it("hold a link that signs in and works once", async () => {
    await service.goTrue.createUser({ email: "bob@example.com" });
    await service.call("POST", "/otp?redirect_to=http%3A%2F%2Flocalhost%3A3000%2Fin", { email: "bob@example.com" });
    const link = service.emails[0]?.link ?? "";
    const landed = (await service.fetch(link, { redirect: "manual" })).headers.get("location") ?? "";
    expect(landed).toMatch(/^http:\/\/localhost:3000\/in#access_token=.*&type=magiclink$/);
    const again = (await service.fetch(link, { redirect: "manual" })).headers.get("location") ?? "";
    expect(again).toMatch(/^http:\/\/localhost:3000\/in#error=access_denied&error_code=otp_expired/);
  });

  it("hold codes that expire after a day", async () => {
    await service.call("POST", "/otp", { email: "new@example.com" });
    service.clock.at += 86_400_001;
    const code = { type: "email", email: "new@example.com", token: service.emails[0]?.otp };
    expect((await service.call("POST", "/verify", code)).json).toMatchObject({ code: "otp_expired" });
  });

  it("go out once a minute", async () => {
    await service.call("POST", "/otp", { email: "new@example.com" });
    service.clock.at += 10_000;
    const message = "For security purposes, you can only request this after 50 seconds.";
    const early = await service.call("POST", "/otp", { email: "new@example.com" });
    expect(early).toMatchObject({ status: 429, json: { code: "over_email_send_rate_limit", message } });
    service.clock.at += 50_000;
    expect((await service.call("POST", "/otp", { email: "new@example.com" })).status).toBe(200);
  });

  it("confirm a change of address", async () => {
    const { session } = await alice();
    const authorization = { authorization: `Bearer ${session.access_token}` };
    const asked = await service.call("PUT", "/user", { email: "alice2@example.com" }, authorization);
    expect(asked.json).toMatchObject({ email: "alice@example.com", new_email: "alice2@example.com" });
    expect(service.emails.map((email) => email.to)).toEqual(["alice2@example.com", "alice@example.com"]);
    const code = { type: "email_change", email: "alice2@example.com", token: service.emails[0]?.otp };
    expect((await service.call("POST", "/verify", code)).json).toMatchObject({ user: { email: "alice2@example.com" } });
  });
});

describe("a sign-in through a provider", () => {
  const authorize = (query = "") => service.call("GET", `/authorize?provider=google${query}`);

  it("offers the accounts that exist, with every value escaped", async () => {
    await service.goTrue.createUser({ email: "alice@example.com" });
    const location = new URL((await authorize()).headers.get("location") ?? "");
    location.searchParams.set("state", '"><script>');
    const page = await (await service.fetch(location)).text();
    expect(page).toContain('value="alice@example.com"');
    expect(page).toContain("Sign in with Google");
    expect(page).not.toContain("<script>");
    expect(page).not.toMatch(/(?:src|href)="http/);
  });

  it("has to be finished within five minutes", async () => {
    const state = new URL((await authorize()).headers.get("location") ?? "").searchParams.get("state") ?? "";
    service.clock.at += 300_001;
    const { headers } = await service.call("GET", `/callback?code=alice&state=${state}`);
    expect(headers.get("location")).toContain("error_description=OAuth+state+has+expired");
  });

  it("tells the site that the user said no", async () => {
    const state = new URL((await authorize()).headers.get("location") ?? "").searchParams.get("state") ?? "";
    const { headers } = await service.call("GET", `/callback?error=access_denied&error_description=No&state=${state}`);
    const words = "error=access_denied&error_description=No";
    expect(headers.get("location")).toBe(`https://flowith.io?${words}#${words}&sb=`);
  });

  it("forgets a code after its exchange and a flow after five minutes", async () => {
    const challenge = "wXY5-GWCysVAtMKIjEXbyl9kRmzCPKazekLYZhoGwPs";
    const toProvider = await authorize(`&code_challenge=${challenge}&code_challenge_method=s256`);
    const state = new URL(toProvider.headers.get("location") ?? "").searchParams.get("state") ?? "";
    const landed = await service.call("GET", `/callback?code=alice&state=${state}`);
    const auth_code = new URL(landed.headers.get("location") ?? "").searchParams.get("code");
    const code_verifier = "first-verifier-0123456789-0123456789-0123456789-abcdef";
    service.clock.at += 300_001;
    const late = await service.call("POST", "/token?grant_type=pkce", { auth_code, code_verifier });
    expect(late).toMatchObject({ status: 422, json: { code: "flow_state_expired" } });
    service.clock.at -= 300_001;
    expect((await service.call("POST", "/token?grant_type=pkce", { auth_code, code_verifier })).status).toBe(200);
    const again = await service.call("POST", "/token?grant_type=pkce", { auth_code, code_verifier });
    expect(again.json).toMatchObject({ code: "flow_state_not_found" });
  });
});

describe("what the service does not have", () => {
  it.each([
    ["authenticated", "GET", "/factors"],
    ["authenticated", "POST", "/factors/x/verify"],
    ["service_role", "GET", "/admin/users"],
    ["service_role", "POST", "/admin/generate_link"],
    ["service_role", "POST", "/invite"],
  ])("is a 501 for %s: %s %s", async (role, method, path) => {
    const { user } = await alice();
    const token = await service.key.sign({ sub: user.id, role, aud: "authenticated" });
    const answer = await service.call(method, path, undefined, { authorization: `Bearer ${token}` });
    expect([answer.status, answer.json]).toEqual([501, expect.objectContaining({ code: "not_emulated" })]);
  });

  it("is an id token that is good", async () => {
    const grant = (body: object) => service.call("POST", "/token?grant_type=id_token", { id_token: "x", ...body });
    const badToken = { error: "invalid request", error_description: "Bad ID token" };
    expect((await grant({ provider: "google" })).json).toEqual(badToken);
    expect((await grant({ client_id: "a", issuer: "https://accounts.google.com" })).json).toEqual(badToken);
    expect((await grant({ provider: "mine" })).json).toMatchObject({
      message: 'Custom OIDC provider "mine" not allowed',
    });
    expect((await grant({ client_id: "a" })).json).toMatchObject({
      error_description: "provider or client_id and issuer required",
    });
  });

  it("is a phone; its number is looked at all the same", async () => {
    const verify = (phone: string) => service.call("POST", "/verify", { type: "sms", token: "123456", phone });
    expect((await verify("17957871108-invalid")).json).toEqual({
      code: "validation_failed",
      message: "Invalid phone number format (E.164 required)",
    });
    expect((await verify("+1 7957871108")).json).toMatchObject({ code: "otp_expired" });
  });
});

describe("text that Postgres cannot keep", () => {
  it.each([
    ["POST", "/signup", { email: "a\0@example.com", password: "long-enough" }],
    ["POST", "/signup", { email: "a@example.com", password: "long-enough", data: { name: "a\0" } }],
    ["POST", "/signup", { email: "a@example.com", password: "long-enough", data: { "a\ud800": 1 } }],
    ["POST", "/token?grant_type=password", { email: "a\0@example.com", password: "x" }],
    ["POST", "/token?grant_type=pkce", { auth_code: "a\0", code_verifier: "x" }],
    ["POST", "/verify", { type: "email", token_hash: "a\0" }],
    ["GET", "/verify?type=email&token=%00", undefined],
    ["POST", "/otp", { email: "a\0@example.com", create_user: false }],
    ["PUT", "/user", { data: { name: "a\0" } }],
  ])("is the sender's fault: %s %s %j", async (method, path, body) => {
    const { session } = await alice();
    const answer = await service.call(method, path, body, { authorization: `Bearer ${session.access_token}` });
    expect([answer.status, answer.json]).toEqual([400, expect.objectContaining({ message: expect.any(String) })]);
  });
});

describe("authSchema", () => {
  it("can be run again", async () => {
    const { user } = await alice();
    await service.database.exec(authSchema);
    expect(await service.goTrue.createSession(user.id)).toMatchObject({ user: { id: user.id } });
  });

  it("keeps the tables from the roles of the REST API", async () => {
    for (const role of ["anon", "authenticated"]) {
      for (const table of ["users", "identities", "sessions", "refresh_tokens", "flow_state"]) {
        const read = service.database.transaction(async (db) => {
          await db.exec(`set local role ${role}`);
          await db.query(`select * from auth.${table}`);
        });
        await expect(read).rejects.toThrow(`permission denied for table ${table}`);
      }
    }
  });
});
