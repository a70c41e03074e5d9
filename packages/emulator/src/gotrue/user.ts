import { type Metadata, sortKeys } from "./metadata.ts";
import { formatTimestamp } from "./timestamp.ts";

/** A row of `auth.users`. */
export interface UserRow {
  id: string;
  aud: string;
  role: string;
  email: string | null;
  phone: string | null;
  encrypted_password: string | null;
  email_confirmed_at: Date | null;
  confirmed_at: Date | null;
  recovery_token: string;
  recovery_sent_at: Date | null;
  email_change: string;
  email_change_token_current: string;
  email_change_token_new: string;
  email_change_sent_at: Date | null;
  reauthentication_token: string;
  reauthentication_sent_at: Date | null;
  last_sign_in_at: Date | null;
  raw_app_meta_data: Metadata;
  raw_user_meta_data: Metadata;
  is_anonymous: boolean;
  created_at: Date;
  updated_at: Date;
}

/** A row of `auth.identities`. */
export interface IdentityRow {
  id: string;
  provider_id: string;
  user_id: string;
  identity_data: Metadata;
  provider: string;
  last_sign_in_at: Date | null;
  created_at: Date;
  updated_at: Date;
  email: string | null;
}

/** A row as Postgres writes it into JSON. */
export interface IdentityInJson extends Omit<IdentityRow, "last_sign_in_at" | "created_at" | "updated_at"> {
  last_sign_in_at: string | null;
  created_at: string;
  updated_at: string;
}

export function identityRow(json: IdentityInJson): IdentityRow {
  return {
    ...json,
    last_sign_in_at: json.last_sign_in_at === null ? null : new Date(json.last_sign_in_at),
    created_at: new Date(json.created_at),
    updated_at: new Date(json.updated_at),
  };
}

export interface GoTrueIdentity {
  identity_id: string;
  /** The user's id at the provider. */
  id: string;
  user_id: string;
  identity_data: Metadata;
  provider: string;
  last_sign_in_at?: string;
  created_at: string;
  updated_at: string;
  email?: string;
}

export interface GoTrueUser {
  id: string;
  aud: string;
  role: string;
  email: string;
  email_confirmed_at?: string;
  phone: string;
  confirmed_at?: string;
  recovery_sent_at?: string;
  new_email?: string;
  email_change_sent_at?: string;
  reauthentication_sent_at?: string;
  last_sign_in_at?: string;
  app_metadata: Metadata;
  user_metadata: Metadata;
  identities: GoTrueIdentity[];
  created_at: string;
  updated_at: string;
  is_anonymous: boolean;
}

/** Empty fields are left out, as Go's `omitempty` does. */
function optional<Key extends string>(key: Key, value: Date | string | null): Partial<Record<Key, string>> {
  if (value === null || value === "") return {};
  const text = value instanceof Date ? formatTimestamp(value) : value;
  const entry: Partial<Record<Key, string>> = {};
  entry[key] = text;
  return entry;
}

function identityJson(identity: IdentityRow): GoTrueIdentity {
  return {
    identity_id: identity.id,
    id: identity.provider_id,
    user_id: identity.user_id,
    identity_data: sortKeys(identity.identity_data),
    provider: identity.provider,
    ...optional("last_sign_in_at", identity.last_sign_in_at),
    created_at: formatTimestamp(identity.created_at),
    updated_at: formatTimestamp(identity.updated_at),
    ...optional("email", identity.email),
  };
}

export function userJson(user: UserRow, identities: readonly IdentityRow[]): GoTrueUser {
  return {
    id: user.id,
    aud: user.aud,
    role: user.role,
    email: user.email ?? "",
    ...optional("email_confirmed_at", user.email_confirmed_at),
    phone: user.phone ?? "",
    ...optional("confirmed_at", user.confirmed_at),
    ...optional("recovery_sent_at", user.recovery_sent_at),
    ...optional("new_email", user.email_change),
    ...optional("email_change_sent_at", user.email_change_sent_at),
    ...optional("reauthentication_sent_at", user.reauthentication_sent_at),
    ...optional("last_sign_in_at", user.last_sign_in_at),
    app_metadata: sortKeys(user.raw_app_meta_data),
    user_metadata: sortKeys(user.raw_user_meta_data),
    identities: identities.map(identityJson),
    created_at: formatTimestamp(user.created_at),
    updated_at: formatTimestamp(user.updated_at),
    is_anonymous: user.is_anonymous,
  };
}
