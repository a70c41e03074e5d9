import { createDatabase, type Database } from "../../database/database.ts";
import { createGateway } from "../../gateway.ts";
import { createSigningKey, type SigningKey } from "../../keys/signing-key.ts";
import type { AuthEmail } from "../context.ts";
import { createGoTrue, type GoTrue, type GoTrueOptions } from "../gotrue.ts";
import { authSchema } from "../schema.ts";

export interface TestService {
  database: Database;
  goTrue: GoTrue;
  key: SigningKey;
  /** Milliseconds; assign to travel. */
  clock: { at: number; now(): number };
  emails: AuthEmail[];
  publicUrl: string;
  publishableKey: string;
  /** As `fetch`, through the gateway and without a socket. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** A JSON request with the publishable key; the body is parsed. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<TestAnswer>;
}

export interface TestAnswer {
  status: number;
  headers: Headers;
  text: string;
  json: unknown;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export async function createTestService(options: Partial<GoTrueOptions> = {}): Promise<TestService> {
  const database = options.database ?? (await createDatabase());
  await database.exec(authSchema);
  const key = options.key ?? (await createSigningKey());
  const clock = { at: Date.now(), now: () => clock.at };
  const emails: AuthEmail[] = [];
  const publicUrl = "http://127.0.0.1:54321";
  const publishableKey = "sb_publishable_test";
  const goTrue = createGoTrue({
    database,
    key,
    clock,
    publicUrl: () => publicUrl,
    siteUrl: "https://flowith.io",
    allowedRedirects: ["https://flowith.io/**", "http://localhost:*/**"],
    onEmail: (email) => emails.push(email),
    ...options,
  });
  const rest = async () => new Response(null, { status: 404 });
  const gateway = createGateway({ publishableKey, rest, auth: (request) => goTrue.fetch(request) });
  const fetch: TestService["fetch"] = (input, init) => gateway(new Request(input, init));
  return {
    database,
    goTrue,
    key,
    clock,
    emails,
    publicUrl,
    publishableKey,
    fetch,
    async call(method, path, body, headers) {
      const response = await fetch(`${publicUrl}/auth/v1${path}`, {
        method,
        headers: { apikey: publishableKey, "x-supabase-api-version": "2024-01-01", ...headers },
        body: body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, json: parseJson(text) };
    },
  };
}
