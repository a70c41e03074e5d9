import { createDatabase } from "../../database/database.ts";
import { createPostgrest, type Postgrest } from "../postgrest.ts";
import { alice, createMint, type TokenMint } from "./tokens.ts";

export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** Asks without a user. */
  readonly isAnonymous?: boolean;
}

export interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body parsed; `undefined` when it is no JSON. */
  readonly json: unknown;
}

export interface Harness {
  readonly postgrest: Postgrest;
  readonly mint: TokenMint;
  ask(path: string, options?: Ask): Promise<Told>;
  /** As the owner of the database. */
  query(sql: string): Promise<unknown[]>;
  exec(sql: string): Promise<void>;
  close(): Promise<void>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export interface HarnessOptions {
  readonly schemas?: readonly string[];
  readonly maxRows?: number;
}

/** PostgREST over a database with the given schema; asks as the role "authenticated" unless told otherwise. */
export async function startHarness(schema: string, options: HarnessOptions = {}): Promise<Harness> {
  const now = Math.floor(Date.now() / 1000);
  const mint = await createMint(now);
  const database = await createDatabase();
  await database.exec(schema);
  const postgrest = createPostgrest({
    database,
    schemas: options.schemas ?? ["public"],
    anonRole: "anon",
    ...(options.maxRows === undefined ? {} : { maxRows: options.maxRows }),
    jwks: () => mint.jwks,
    clock: { now: () => now * 1000 },
  });
  const token = await mint.mint(alice);
  return {
    postgrest,
    mint,
    async ask(path, { method = "GET", headers = {}, body, isAnonymous = false } = {}) {
      const response = await postgrest.fetch(
        new Request(`http://localhost${path}`, {
          method,
          headers: { ...(isAnonymous ? {} : { authorization: `Bearer ${token}` }), ...headers },
          // A text body would bring a content-type of its own.
          body: typeof body === "string" ? new TextEncoder().encode(body) : (body ?? null),
        }),
      );
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, json: parsed(text) };
    },
    query: async (sql) => (await database.query(sql)).rows,
    exec: (sql) => database.exec(sql),
    close: () => database.close(),
  };
}
