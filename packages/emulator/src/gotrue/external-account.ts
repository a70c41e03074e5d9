import type { Queryable } from "../database/database.ts";
import { type Metadata, mergeMetadata } from "./metadata.ts";
import type { ProviderAccount } from "./provider-account.ts";
import type { UserRow } from "./user.ts";
import {
  findIdentities,
  findIdentity,
  findUserByEmail,
  findUserById,
  insertConfirmedUser,
  insertIdentity,
  updateIdentityData,
  updateUser,
} from "./user-store.ts";

/** `provider` is the first identity's, `providers` names each once. */
export async function providersOf(db: Queryable, user: UserRow): Promise<Metadata> {
  const providers = [...new Set((await findIdentities(db, user.id)).map((identity) => identity.provider))];
  return { ...user.raw_app_meta_data, ...(providers[0] === undefined ? {} : { provider: providers[0] }), providers };
}

/** The user behind a provider's account: known by the account, else by the address, else new. */
export async function findOrCreateExternalUser(
  db: Queryable,
  provider: string,
  account: ProviderAccount,
  now: number,
): Promise<UserRow> {
  const identity = await findIdentity(db, provider, account.data.sub);
  const user = identity ? await findUserById(db, identity.user_id) : await findUserByEmail(db, account.email);
  if (user === undefined) {
    const { email, data: identityData } = account;
    const userMetadata = { ...identityData, email_verified: true };
    return insertConfirmedUser(db, { email, encryptedPassword: null, provider, identityData, userMetadata }, now);
  }
  if (identity) await updateIdentityData(db, identity, account.data, now);
  else await insertIdentity(db, user.id, provider, account.data, now);
  const changes = {
    raw_user_meta_data: mergeMetadata(user.raw_user_meta_data, account.data),
    raw_app_meta_data: await providersOf(db, user),
  };
  return updateUser(db, user.id, changes, now);
}
