import type { APIError } from "../errors/api-error.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { SessionStoreError } from "../errors/session-store-error.ts";
import { authenticationError } from "./grant-refusal.ts";

export function noSession(): AuthenticationError {
  return new AuthenticationError("No token was given. Pass token (and refreshToken) or sign in first.");
}

export function noRefreshToken(label: string): AuthenticationError {
  return new AuthenticationError(`${label} and there is no refresh token. Pass refreshToken or sign in again.`);
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

export function signedOutElsewhere(): AuthenticationError {
  return new AuthenticationError("Another tab or process with the same store has signed out. Sign in again.");
}

export function refreshedButNotSaved(cause: unknown): SessionStoreError {
  return new SessionStoreError(
    "The session was refreshed, but its store could not save it: the old refresh token is spent, so a restart would be signed out.",
    { cause: SessionStoreError.is(cause) ? (cause.cause ?? cause) : cause },
  );
}
