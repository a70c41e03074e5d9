import type { Session } from "./session-store.ts";

/** The auth server writes ids in lower case, people and their tools as they like. */
export function isSameUser(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Whether both are known, and differ. */
export function areTwoUsers(one: string, other: string): boolean {
  return one !== "" && other !== "" && !isSameUser(one, other);
}

/** Whether it is somebody's, and not known to be this user's. */
export function isOfAnother(session: Session | undefined, userId: string): boolean {
  return session !== undefined && session.userId !== "" && !isSameUser(session.userId, userId);
}

/** Whether it is this user's, as far as anybody is known. */
export function isOf({ userId }: Session, knownId: string): boolean {
  return knownId === "" || isSameUser(userId, knownId);
}

/**
 * Whether a client of this user begins with what the store holds, and not with what its options say. Expiry is compared
 * of one user's two only.
 */
export function isStoredFirst(stored: Session, fromOptions: Session | undefined, userId: string): boolean {
  if (fromOptions === undefined) return !areTwoUsers(stored.userId, userId);
  return isOf(stored, userId) && stored.expiresAtMs > fromOptions.expiresAtMs;
}

/** What the store holds, if another tab or process has put the same user's later session there. */
export function rotated(stored: Session | undefined, ours: Session, userId: string): Session | undefined {
  if (stored === undefined || stored.accessToken === ours.accessToken) return undefined;
  // Equal counts: whole seconds are all that a token tells.
  if (stored.expiresAtMs < ours.expiresAtMs) return undefined;
  return isOf(stored, userId) ? stored : undefined;
}
