import type { APIError } from "../errors/api-error.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { SessionStoreError } from "../errors/session-store-error.ts";
import { authenticationError } from "./grant-refusal.ts";
import type { Session } from "./session-store.ts";

const LAST_DATE_MS = 8.64e15;

export function noSession(): AuthenticationError {
  return new AuthenticationError("No token was given. Pass token (and refreshToken) or sign in first.");
}

export function noRefreshToken(label: string): AuthenticationError {
  return new AuthenticationError(`${label} there is no refresh token. Pass refreshToken or sign in again.`);
}

/** Of a token that the server has refused, or whose age is known. The date is told since it may be what is wrong. */
export function outOfDate({ expiresAtMs }: Session): AuthenticationError {
  // A store may hold any number.
  const [expiry, now] = [expiresAtMs, Date.now()].map((ms) =>
    Math.abs(ms) < LAST_DATE_MS ? new Date(ms).toISOString() : ms,
  );
  return noRefreshToken(`The token expired at ${expiry}, and this machine's clock says ${now};`);
}

export function ofAnotherUser(): AuthenticationError {
  return new AuthenticationError(
    "The session could not be refreshed: the refresh token is of another user. Pass the one that came with the token, or sign in again.",
  );
}

export function refreshRefused(cause: APIError): AuthenticationError {
  return authenticationError(
    "The session could not be refreshed: the refresh token was refused. Sign in again.",
    cause,
  );
}

export function endedMeanwhile(): AuthenticationError {
  return new AuthenticationError("The session has ended while it was being refreshed: somebody signed in or out.");
}

export function anotherSignedIn(): AuthenticationError {
  return new AuthenticationError("Another user has signed in since: this was of the user before. Begin it anew.");
}

export function supersededSignIn(): AuthenticationError {
  return new AuthenticationError(
    "The sign-in is not used: another sign-in, or a sign-out, was begun after it and ended before it.",
  );
}

export function signedOutElsewhere(): AuthenticationError {
  return new AuthenticationError("Another tab or process with the same store has signed out. Sign in again.");
}

export function refreshedButNotSaved(cause: unknown): SessionStoreError {
  return new SessionStoreError(
    "The session was refreshed, but its store could not save it: the old refresh token is spent, so a restart would be signed out.",
    { cause: SessionStoreError.is(cause) ? (cause.cause ?? cause) : cause },
  );
}
