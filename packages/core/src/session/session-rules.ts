import { AuthenticationError } from "../errors/authentication-error.ts";
import type { Session } from "./session-store.ts";

/** Under this much of life left, a token is renewed before it is used. */
export const BLOCKING_MS: number = 60_000;
/** Under this much, it is renewed beside its use. */
export const BACKGROUND_MS: number = 10 * 60_000;

export function isFresh(session: Session): boolean {
  return session.expiresAtMs > Date.now() + BLOCKING_MS;
}

/** What the store holds, if another tab or process has put the same user's later session there. */
export function rotated(stored: Session | undefined, ours: Session): Session | undefined {
  if (stored === undefined || stored.accessToken === ours.accessToken) return undefined;
  // Equal counts: whole seconds are all that a token tells.
  if (stored.expiresAtMs < ours.expiresAtMs) return undefined;
  return ours.userId === "" || stored.userId === ours.userId ? stored : undefined;
}

/** Whether what the store holds is of another user than this one; who is not known is nobody else. */
export function isOfAnother(stored: Session | undefined, userId: string | undefined): boolean {
  return Boolean(stored?.userId && userId) && stored?.userId !== userId;
}

/** Whether it has an access token that has not expired, or can get another one. */
export function isUsable({ accessToken, refreshToken, expiresAtMs }: Session): boolean {
  return accessToken !== "" && (refreshToken !== undefined || expiresAtMs > Date.now());
}

export function endedMeanwhile(): AuthenticationError {
  return new AuthenticationError("The session has ended while it was being refreshed: somebody signed in or out.");
}

export function signedOutElsewhere(): AuthenticationError {
  return new AuthenticationError("Another tab or process with the same store has signed out. Sign in again.");
}
