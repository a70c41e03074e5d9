import type { HttpClient } from "./http-client.ts";
import type { FetchLike } from "./middleware.ts";
import type { HttpRequest } from "./request.ts";

/**
 * The `fetch` for supabase-js: the body is read under the deadline and every refusal is thrown as our error, since
 * PostgrestError has no status. Statuses without a body keep none.
 */
export function rowsFetch(http: HttpClient): FetchLike {
  return async (input, init) => {
    const method = (init?.method ?? "GET").toUpperCase();
    const url = input instanceof Request ? input.url : String(input);
    const isAuth = new URL(url).pathname.includes("/auth/v1/");
    const isRead = method === "GET" || method === "HEAD";
    const body = init?.body ?? undefined;
    const request: HttpRequest = {
      kind: isAuth ? "auth" : "rows",
      method,
      url,
      authorize: isAuth ? "none" : "given",
      repeat: isRead ? "safe" : "rejected",
      headers: Object.fromEntries(new Headers(init?.headers)),
      body: body === undefined ? undefined : () => body,
      signal: init?.signal ?? undefined,
    };
    const { status, headers, text } = await http.text(request);
    const hasBody = status !== 204 && status !== 205 && status !== 304 && method !== "HEAD";
    return new Response(hasBody ? text : null, { status, headers });
  };
}
