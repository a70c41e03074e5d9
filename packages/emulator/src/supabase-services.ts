import type { Clock } from "./clock.ts";
import type { Database } from "./database/database.ts";
import { createGateway } from "./gateway.ts";
import { type AuthEmail, createGoTrue, type GoTrue } from "./gotrue/index.ts";
import type { SigningKey } from "./keys/signing-key.ts";
import { createPostgrest } from "./postgrest/index.ts";

export interface SupabaseOptions {
  database: Database;
  key: SigningKey;
  clock: Clock;
  publicUrl: () => string;
  publishableKey: string;
  tokenLifetimeSeconds: number | undefined;
  allowedRedirects: readonly string[] | undefined;
}

const standardRedirects = ["https://flowith.io/**", "http://localhost:*/**", "http://127.0.0.1:*/**"];

/** What stands behind the project's Supabase address. */
export interface SupabaseServices {
  goTrue: GoTrue;
  /** Mails that were not sent, oldest first. */
  emails: AuthEmail[];
  /** `/rest/v1/*` and `/auth/v1/*` */
  handle(request: Request): Promise<Response>;
}

export function createSupabaseServices(options: SupabaseOptions): SupabaseServices {
  const { database, key, clock, publicUrl, publishableKey, tokenLifetimeSeconds, allowedRedirects } = options;
  const emails: AuthEmail[] = [];
  const goTrue = createGoTrue({
    database,
    key,
    clock,
    publicUrl,
    onEmail: (email) => emails.push(email),
    siteUrl: "https://flowith.io",
    allowedRedirects: allowedRedirects ?? standardRedirects,
    ...(tokenLifetimeSeconds === undefined ? {} : { tokenLifetimeSeconds }),
  });
  const schemas = ["public", "graphql_public"];
  const jwks = () => key.jwks();
  const postgrest = createPostgrest({ database, schemas, anonRole: "anon", maxRows: 1000, jwks, clock });
  const handle = createGateway({
    publishableKey,
    rest: (request) => postgrest.fetch(request),
    auth: (request) => goTrue.fetch(request),
  });
  return { goTrue, emails, handle };
}
