import type { Clock } from "../clock.ts";
import type { Database } from "../database/database.ts";
import { DatabaseCrashError } from "../database/database-crash.ts";
import { isUnstorable } from "../database/storable.ts";
import type { SigningKey } from "../keys/signing-key.ts";
import { ApiError } from "./api-error.ts";
import type { AuthContext, AuthEmail } from "./context.ts";
import { answerPreflight, corsHeaders, isPreflight } from "./cors.ts";
import { errorResponse, isExpected } from "./error-response.ts";
import { createEmailUser } from "./new-email-user.ts";
import { hashPassword } from "./password-hash.ts";
import { localProviders, type Providers } from "./providers.ts";
import { createRateLimiter } from "./rate-limiter.ts";
import { route } from "./router.ts";
import { type GoTrueSession, startSession } from "./session.ts";

export interface GoTrueOptions {
  /** A database in which `authSchema` was run. */
  database: Database;
  key: SigningKey;
  clock: Clock;
  /** `http://host:port`; asked at each request, since a port is known only after listening. */
  publicUrl: () => string;
  /** Where people end up who ask for nothing else, or for what is not allowed. */
  siteUrl: string;
  /** Globs: `*` stops at a dot or a slash, `**` does not. The site itself and loopback addresses are always allowed. */
  allowedRedirects: readonly string[];
  /** @default 3600 */
  tokenLifetimeSeconds?: number;
  /** How long a refresh token can be used again. @default 10 */
  reuseIntervalSeconds?: number;
  /** @default google, github, gitlab and twitter, through the emulator's own consent page */
  providers?: Providers;
  /** Told of each mail that the service would send. Nothing is sent. */
  onEmail?: (email: AuthEmail) => void;
  /** Told of what went wrong behind an answer of 500 whose body says nothing. */
  onError?: (error: unknown) => void;
}

export interface GoTrue {
  /** Answer a request whose path has no `/auth/v1` any more. Rejects where an abort broke its body off. */
  fetch(request: Request): Promise<Response>;
  /**
   * A confirmed user, without a session. Without a password only `createSession` and a mail get in.
   * @throws Error when the id or the address is taken
   */
  createUser(input: { id?: string; email: string; password?: string }): Promise<{ id: string; email: string }>;
  /** A session as after a sign-in by password. */
  createSession(userId: string): Promise<GoTrueSession>;
  /** Forget all users, sessions and flows, and what counts towards rate limits. */
  deleteAll(): Promise<void>;
}

function createContext(options: GoTrueOptions): AuthContext {
  return {
    database: options.database,
    key: options.key,
    clock: options.clock,
    issuer: () => `${options.publicUrl()}/auth/v1`,
    siteUrl: options.siteUrl,
    allowedRedirects: options.allowedRedirects,
    tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? 3600,
    reuseIntervalSeconds: options.reuseIntervalSeconds ?? 10,
    providers: options.providers ?? localProviders,
    rateLimiter: createRateLimiter(options.clock),
    sendEmail: options.onEmail ?? (() => {}),
  };
}

const unstorableText = new ApiError(400, "validation_failed", "Text holds a character that cannot be kept");

export function createGoTrue(options: GoTrueOptions): GoTrue {
  const context = createContext(options);
  const { database, clock } = context;
  return {
    async fetch(request) {
      if (isPreflight(request)) return answerPreflight(request);
      const headers = corsHeaders(request);
      try {
        return await route({ context, request, url: new URL(request.url), headers });
      } catch (error) {
        if (isExpected(error)) return errorResponse(error, request, headers);
        // the service itself gives a 500 here, which a client would take for a reason to try again
        if (isUnstorable(error)) return errorResponse(unstorableText, request, headers);
        // where the client has left, its body broke off: no failure of the service, and nobody to answer
        if (error instanceof DatabaseCrashError || request.signal.aborted) throw error;
        options.onError?.(error);
        return errorResponse(error, request, headers);
      }
    },
    async createUser({ id, email, password }) {
      const encryptedPassword = password === undefined ? null : await hashPassword(password);
      const newUser = { id, email, encryptedPassword, data: {} };
      const user = await createEmailUser(database, newUser, clock.now());
      return { id: user.id, email: user.email ?? "" };
    },
    createSession: (userId) => startSession(context, database, userId, "password", new Headers()),
    async deleteAll() {
      await database.exec("delete from auth.flow_state; delete from auth.users;");
      context.rateLimiter.reset();
    },
  };
}
