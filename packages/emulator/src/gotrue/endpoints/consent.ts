import { consentPage } from "../consent-page.ts";
import type { Exchange } from "../context.ts";

/** The stand-in for a provider's own page. It answers to our callback only, whatever the query says. */
export async function consent({ context, url, headers }: Exchange): Promise<Response> {
  const sql = `
    select email from auth.users where email is not null order by last_sign_in_at desc nulls last, created_at limit 6`;
  const { rows } = await context.database.query<{ email: string }>(sql);
  headers.set("content-type", "text/html; charset=utf-8");
  headers.set("cache-control", "no-store");
  headers.set(
    "content-security-policy",
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
  );
  const page = consentPage({
    provider: url.pathname.split("/").at(-1) ?? "",
    site: new URL(context.siteUrl).host,
    callback: `${context.issuer()}/callback`,
    state: url.searchParams.get("state") ?? "",
    scopes: (url.searchParams.get("scope") ?? "").split(" ").filter((scope) => scope !== ""),
    accounts: rows.map((row) => row.email),
  });
  return new Response(page, { headers });
}
