import type { Queryable } from "../database/database.ts";
import { type Metadata, mergeMetadata } from "./metadata.ts";
import type { UserRow } from "./user.ts";
import { insertConfirmedUser } from "./user-store.ts";

export interface NewEmailUser {
  id?: string | undefined;
  email: string;
  encryptedPassword: string | null;
  data: Metadata;
}

/** A user with an email identity, confirmed at once. The identity itself stays unverified, as in the real service. */
export async function createEmailUser(db: Queryable, newUser: NewEmailUser, now: number): Promise<UserRow> {
  const id = newUser.id ?? crypto.randomUUID();
  const email = newUser.email.toLowerCase();
  const identityData = { ...newUser.data, sub: id, email, email_verified: false, phone_verified: false };
  // The user's data is merged, which drops null; the identity's is stored as it came.
  const userMetadata = mergeMetadata({}, { ...identityData, email_verified: true });
  const { encryptedPassword } = newUser;
  return insertConfirmedUser(db, { id, email, encryptedPassword, provider: "email", identityData, userMetadata }, now);
}
