import type { Queryable } from "../database/database.ts";
import type { Metadata } from "./metadata.ts";
import { sqlTimestamp } from "./timestamp.ts";
import type { IdentityRow, UserRow } from "./user.ts";

export async function findUserById(db: Queryable, id: string): Promise<UserRow | undefined> {
  return (await db.query<UserRow>("select * from auth.users where id = $1", [id])).rows[0];
}

export async function findUserByEmail(db: Queryable, email: string): Promise<UserRow | undefined> {
  return (await db.query<UserRow>("select * from auth.users where email = lower($1)", [email])).rows[0];
}

export async function findIdentities(db: Queryable, userId: string): Promise<IdentityRow[]> {
  const sql = "select * from auth.identities where user_id = $1 order by ordinal";
  return (await db.query<IdentityRow>(sql, [userId])).rows;
}

export async function findIdentity(
  db: Queryable,
  provider: string,
  providerId: string,
): Promise<IdentityRow | undefined> {
  const sql = "select * from auth.identities where provider = $1 and provider_id = $2";
  return (await db.query<IdentityRow>(sql, [provider, providerId])).rows[0];
}

export async function insertAnonymousUser(db: Queryable, userMetadata: Metadata, now: number): Promise<UserRow> {
  const sql = `
    insert into auth.users (id, raw_user_meta_data, is_anonymous, created_at, updated_at)
    values ($1, $2, true, $3, $3) returning *`;
  return onlyRow(await db.query<UserRow>(sql, [crypto.randomUUID(), userMetadata, sqlTimestamp(now)]));
}

export interface ConfirmedUser {
  id?: string | undefined;
  email: string;
  encryptedPassword: string | null;
  provider: string;
  identityData: Metadata & { sub: string };
  userMetadata: Metadata;
}

/** A user with one identity, confirmed at once. What the user starts with is the identity's data. */
export async function insertConfirmedUser(db: Queryable, user: ConfirmedUser, now: number): Promise<UserRow> {
  const sql = "select * from auth.create_confirmed_user($1, $2, $3, $4, $5, $6, $7, $8)";
  const parameters = [
    user.id ?? crypto.randomUUID(),
    user.email,
    user.encryptedPassword,
    user.provider,
    { provider: user.provider, providers: [user.provider] },
    user.identityData,
    user.userMetadata,
    sqlTimestamp(now),
  ];
  return onlyRow(await db.query<UserRow>(sql, parameters));
}

export async function insertIdentity(
  db: Queryable,
  userId: string,
  provider: string,
  data: Metadata & { sub: string },
  now: number,
): Promise<IdentityRow> {
  const sql = `
    insert into auth.identities
      (id, provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, $6, $6) returning *`;
  const parameters = [crypto.randomUUID(), data.sub, userId, data, provider, sqlTimestamp(now)];
  return onlyRow(await db.query<IdentityRow>(sql, parameters));
}

export async function updateIdentityData(
  db: Queryable,
  identity: IdentityRow,
  data: Metadata,
  now: number,
): Promise<void> {
  const sql = "update auth.identities set identity_data = $2, updated_at = $3 where id = $1";
  await db.query(sql, [identity.id, data, sqlTimestamp(now)]);
}

/** Columns that change after a user was made. `undefined` leaves one alone, null empties it. */
export interface UserChanges {
  email?: string;
  encrypted_password?: string | null;
  email_confirmed_at?: number;
  recovery_token?: string;
  recovery_sent_at?: number | null;
  email_change?: string;
  email_change_token_current?: string;
  email_change_token_new?: string;
  email_change_sent_at?: number | null;
  reauthentication_token?: string;
  reauthentication_sent_at?: number | null;
  last_sign_in_at?: number;
  raw_app_meta_data?: Metadata;
  raw_user_meta_data?: Metadata;
  is_anonymous?: boolean;
}

export async function updateUser(db: Queryable, id: string, changes: UserChanges, now: number): Promise<UserRow> {
  const assignments = ["updated_at = $2"];
  const parameters: unknown[] = [id, sqlTimestamp(now)];
  for (const [column, value] of Object.entries(changes)) {
    if (value === undefined) continue;
    parameters.push(typeof value === "number" ? sqlTimestamp(value) : value);
    assignments.push(`${column} = $${parameters.length}`);
  }
  const sql = `update auth.users set ${assignments.join(", ")} where id = $1 returning *`;
  return onlyRow(await db.query<UserRow>(sql, parameters));
}

function onlyRow<Row>(result: { rows: Row[] }): Row {
  const row = result.rows[0];
  if (row === undefined) throw new Error("The statement was to give one row and gave none.");
  return row;
}
