import type { Clock } from "./clock.ts";
import { type Database, openDatabase } from "./database/database.ts";
import { flowithSchema } from "./database/flowith-schema.ts";
import { edgeSchema } from "./edge/edge-schema.ts";
import { createGateway } from "./gateway.ts";
import { type AuthEmail, authSchema, createGoTrue, type GoTrue } from "./gotrue/index.ts";
import { createSigningKey, type SigningKey } from "./keys/signing-key.ts";
import { createPostgrest } from "./postgrest/index.ts";

export interface SupabaseOptions {
  clock: Clock;
  publicUrl: () => string;
  publishableKey: string;
  tokenLifetimeSeconds: number | undefined;
}

/** What stands behind the project's Supabase address, and the database that the edge API shares with it. */
export interface SupabaseServices {
  database: Database;
  key: SigningKey;
  goTrue: GoTrue;
  /** Mails that were not sent, oldest first. */
  emails: AuthEmail[];
  /** `/rest/v1/*` and `/auth/v1/*` */
  handle(request: Request): Promise<Response>;
}

async function createDatabase(): Promise<Database> {
  const database = await openDatabase();
  await database.exec(authSchema);
  await database.exec(flowithSchema);
  await database.exec(edgeSchema);
  return database;
}

export async function createSupabaseServices(options: SupabaseOptions): Promise<SupabaseServices> {
  const { clock, publicUrl, publishableKey, tokenLifetimeSeconds } = options;
  const [database, key] = await Promise.all([createDatabase(), createSigningKey()]);
  const emails: AuthEmail[] = [];
  const goTrue = createGoTrue({
    database,
    key,
    clock,
    publicUrl,
    onEmail: (email) => emails.push(email),
    siteUrl: "https://flowith.io",
    allowedRedirects: ["https://flowith.io/**", "http://localhost:*/**", "http://127.0.0.1:*/**"],
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
  return { database, key, goTrue, emails, handle };
}
