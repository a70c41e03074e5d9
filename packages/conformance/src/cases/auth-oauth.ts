import { assert } from "chai";
import type { CaseContext, ConformanceCase } from "../conformance-case.ts";
import { memoryKeyValueStore, memoryStore } from "../memory-store.ts";
import { consent } from "../oauth-consent.ts";
import { rejection } from "../rejection.ts";

/** An address that answers, so that the end of the redirects can be read from it. */
async function backAt({ control }: CaseContext): Promise<string> {
  return `${(await control.addresses()).edgeUrl}/__emulator/status`;
}

export const oauthCases: ConformanceCase[] = [
  {
    id: "auth: a sign-in through a provider goes by PKCE and ends in a session",
    async run(context) {
      const user = await context.control.newUser();
      const verifierStore = memoryKeyValueStore();
      const store = memoryStore();
      const before = context.createClient({ verifierStore });
      const { url } = await before.auth.signInWithOAuth({ redirectTo: await backAt(context) });
      assert.equal(new URL(url).searchParams.get("code_challenge_method"), "s256");
      assert.equal(verifierStore.values.size, 1);
      const landing = await consent(url, { code: user.email });
      // The page was left and loaded anew: another client, which shares nothing but the stores.
      const after = context.createClient({ verifierStore, store });
      const session = await after.auth.sessionFromUrl(landing);
      assert.equal(session?.userId, user.id);
      assert.deepEqual(store.held, session);
      assert.equal(verifierStore.values.size, 0, "nothing is left over");
      assert.equal((await after.auth.user()).email, user.email);
    },
  },
  {
    id: "auth: a code without its verifier is refused, and says what to do",
    async run(context) {
      const user = await context.control.newUser();
      const [one, other] = [memoryKeyValueStore(), memoryKeyValueStore()];
      const { auth } = context.createClient({ verifierStore: one });
      const { url } = await auth.signInWithOAuth({ redirectTo: await backAt(context) });
      const code = new URL(await consent(url, { code: user.email })).searchParams.get("code") ?? "";
      const error = await rejection(context.createClient({ verifierStore: other }).auth.exchangeCode(code));
      assert.propertyVal(error, "name", "AuthenticationError");
      assert.match(String(error), /verifierStore/);
    },
  },
  {
    id: "auth: a verifierStore that fails is a SessionStoreError",
    async run({ createClient }) {
      const cause = new Error("no cookies");
      const refuse = (): Promise<never> => Promise.reject(cause);
      const { auth } = createClient({ verifierStore: { get: refuse, set: refuse, delete: refuse } });
      for (const call of [auth.signInWithOAuth(), auth.exchangeCode("a-code")])
        assert.deepInclude(await rejection(call), { name: "SessionStoreError", cause });
    },
  },
  {
    id: "auth: a code works once",
    async run(context) {
      const user = await context.control.newUser();
      const verifierStore = memoryKeyValueStore();
      const { auth } = context.createClient({ verifierStore });
      const { url } = await auth.signInWithOAuth({ redirectTo: await backAt(context) });
      const kept = new Map(verifierStore.values);
      const code = new URL(await consent(url, { code: user.email })).searchParams.get("code") ?? "";
      await auth.exchangeCode(code);
      for (const [key, value] of kept) verifierStore.values.set(key, value);
      assert.deepInclude(await rejection(auth.exchangeCode(code)), { name: "AuthenticationError", status: 404 });
      assert.equal((await auth.session())?.userId, user.id);
    },
  },
  {
    id: "auth: a sign-in that the user has denied is an AuthenticationError",
    async run(context) {
      const { auth } = context.createClient({ verifierStore: memoryKeyValueStore() });
      const { url } = await auth.signInWithOAuth({ redirectTo: await backAt(context) });
      const landing = await consent(url, { error: "access_denied", error_description: "The user has denied access" });
      const error = await rejection(auth.sessionFromUrl(landing));
      assert.propertyVal(error, "name", "AuthenticationError");
      assert.match(String(error), /access_denied/);
      const inFragment = auth.sessionFromUrl("https://flowith.io/#error=access_denied&error_description=No+thanks");
      assert.match(String(await rejection(inFragment)), /access_denied: No thanks/);
    },
  },
  {
    id: "auth: the address of the implicit flow has its parameters where the server reads them",
    async run(context) {
      const { auth } = context.createClient({});
      const plain = new URL(auth.oauthUrl()).searchParams;
      assert.deepEqual(Object.fromEntries(plain), {
        provider: "google",
        redirect_to: "https://flowith.io",
        access_type: "offline",
        prompt: "consent",
      });
      const url = auth.oauthUrl({
        provider: "github",
        redirectTo: await backAt(context),
        scopes: "repo gist",
        includeGrantedScopes: true,
        queryParams: { prompt: "none", login_hint: "a&b" },
      });
      assert.include(new URL(url).pathname, "/auth/v1/authorize");
      const page = await fetch(url);
      await page.body?.cancel();
      const passedOn = Object.fromEntries(new URL(page.url).searchParams);
      assert.deepInclude(passedOn, { include_granted_scopes: "true", prompt: "none", login_hint: "a&b" });
      assert.match(passedOn.scope ?? "", /repo gist$/);
    },
  },
  {
    id: "auth: a session in the fragment of an address is taken up",
    async run({ control, createClient }) {
      const user = await control.newUser();
      const store = memoryStore();
      const { auth } = createClient({ store });
      const fragment = new URLSearchParams({
        access_token: user.token,
        refresh_token: user.refreshToken,
        expires_in: "3600",
        token_type: "bearer",
      });
      const session = await auth.sessionFromUrl(new URL(`https://flowith.io/?theme=dark#${fragment}`));
      assert.deepInclude(session, { accessToken: user.token, refreshToken: user.refreshToken, userId: user.id });
      assert.deepEqual(store.held, session);
      assert.equal((await auth.user()).id, user.id);
    },
  },
  {
    id: "auth: an address that has nothing to do with a sign-in is left alone",
    async run({ newClient }) {
      const { flowith, user } = await newClient();
      assert.isNull(await flowith.auth.sessionFromUrl("https://flowith.io/conv/1?theme=dark#top"));
      assert.equal((await flowith.auth.session())?.userId, user.id);
    },
  },
];
