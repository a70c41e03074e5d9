import type { AuthPort, BackendContext } from "@flowith-webapi/core";

/** The refresh is one plain request: supabase-js's own would make it a second owner of the session. */
export function createAuth({ supabaseUrl, supabaseKey, fetch }: BackendContext): AuthPort {
  return {
    async refresh(refreshToken, call) {
      const url = `${supabaseUrl.replace(/\/+$/, "")}/auth/v1/token?grant_type=refresh_token`;
      const response = await fetch(url, {
        method: "POST",
        headers: { apikey: supabaseKey, "content-type": "application/json" },
        body: JSON.stringify({ refresh_token: refreshToken }),
        ...(call.signal === undefined ? {} : { signal: call.signal }),
      });
      return response.json();
    },
  };
}
