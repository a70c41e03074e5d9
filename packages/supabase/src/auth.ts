import { type AuthPort, type BackendContext, InvalidArgumentError } from "@flowith-webapi/core";
import { callAuth } from "./auth-call.ts";
import { serviceUrl } from "./service-url.ts";

/**
 * Sign-in through supabase-js. The refresh alone is one plain request: supabase-js's own would make it a second owner of
 * the session.
 */
export function createAuth(context: BackendContext): AuthPort {
  return {
    async refresh(refreshToken, call) {
      const response = await call.fetch(serviceUrl(context, "auth", "/token?grant_type=refresh_token"), {
        method: "POST",
        headers: { apikey: context.supabaseKey, "content-type": "application/json" },
        body: JSON.stringify({ refresh_token: refreshToken }),
      });
      const text = await response.text();
      // An answer without a body, such as a 204: whoever reads it says what is missing.
      return text === "" ? undefined : JSON.parse(text);
    },
    async signInWithPassword(credentials, call) {
      const { session } = await callAuth(context, call, (client) => client.signInWithPassword(credentials));
      return session;
    },
    oauthUrl({ provider, redirectTo, scopes, queryParams }) {
      const query = new URLSearchParams({ provider, redirect_to: redirectTo, ...(scopes ? { scopes } : {}) });
      for (const [name, value] of Object.entries(queryParams)) query.set(name, value);
      return serviceUrl(context, "auth", `/authorize?${query}`);
    },
    async startOAuth({ provider, redirectTo, scopes, queryParams }, call) {
      // supabase-js would send the verifier itself as its challenge.
      if (globalThis.crypto?.subtle === undefined) {
        throw new InvalidArgumentError(
          "auth.signInWithOAuth needs crypto.subtle, which browsers have on https: and localhost only. Serve the page over https:.",
        );
      }
      const { url } = await callAuth(context, call, (client) =>
        client.signInWithOAuth({
          provider: provider as Parameters<typeof client.signInWithOAuth>[0]["provider"],
          options: { redirectTo, ...(scopes ? { scopes } : {}), queryParams, skipBrowserRedirect: true },
        }),
      );
      return url ?? "";
    },
    async exchangeCode(code, call) {
      const { session } = await callAuth(context, call, (client) => client.exchangeCodeForSession(code));
      return session;
    },
    async user(token, call) {
      const { user } = await callAuth(context, call, (client) => client.getUser(token));
      return user;
    },
    async signOut(token, scope, call) {
      await callAuth(context, call, (client) => client.admin.signOut(token, scope));
    },
  };
}
