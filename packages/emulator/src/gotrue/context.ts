import type { Clock } from "../clock.ts";
import type { Database } from "../database/database.ts";
import type { SigningKey } from "../keys/signing-key.ts";
import type { Providers } from "./providers.ts";
import type { RateLimiter } from "./rate-limiter.ts";

/** A mail that the auth service would have sent. */
export interface AuthEmail {
  to: string;
  type: "magiclink" | "recovery" | "email_change" | "reauthentication";
  /** The six digits that a person types. */
  otp: string;
  /** The link that the mail holds; empty for a reauthentication. */
  link: string;
}

/** What every endpoint works with. */
export interface AuthContext {
  database: Database;
  key: SigningKey;
  clock: Clock;
  issuer(): string;
  siteUrl: string;
  allowedRedirects: readonly string[];
  tokenLifetimeSeconds: number;
  reuseIntervalSeconds: number;
  providers: Providers;
  rateLimiter: RateLimiter;
  sendEmail(email: AuthEmail): void;
}

/** One request on its way through. Headers set here go out with the answer, an error too. */
export interface Exchange {
  context: AuthContext;
  request: Request;
  url: URL;
  headers: Headers;
}

export type Endpoint = (exchange: Exchange) => Promise<Response>;
