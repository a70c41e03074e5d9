import { authFunctions } from "./functions.ts";

/**
 * The tables behind the auth service, named and shaped as in a real project (those columns that it uses).
 * Idempotent, and independent of the order in which the roles and `auth.uid()` are created.
 */
export const authSchema: string = `
create schema if not exists auth;

create table if not exists auth.users (
  id                          uuid primary key,
  aud                         text not null default 'authenticated',
  role                        text not null default 'authenticated',
  email                       text unique,
  phone                       text unique,
  encrypted_password          text,
  email_confirmed_at          timestamptz,
  confirmed_at                timestamptz generated always as (email_confirmed_at) stored,
  recovery_token              text not null default '',
  recovery_sent_at            timestamptz,
  email_change                text not null default '',
  email_change_token_current  text not null default '',
  email_change_token_new      text not null default '',
  email_change_sent_at        timestamptz,
  reauthentication_token      text not null default '',
  reauthentication_sent_at    timestamptz,
  last_sign_in_at             timestamptz,
  raw_app_meta_data           jsonb not null default '{}',
  raw_user_meta_data          jsonb not null default '{}',
  is_anonymous                boolean not null default false,
  created_at                  timestamptz not null,
  updated_at                  timestamptz not null
);

create table if not exists auth.identities (
  id               uuid primary key,
  provider_id      text not null,
  user_id          uuid not null references auth.users (id) on delete cascade,
  identity_data    jsonb not null,
  provider         text not null,
  last_sign_in_at  timestamptz,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  email            text generated always as (lower(identity_data ->> 'email')) stored,
  -- the order of linking, also within one millisecond
  ordinal          bigint generated always as identity,
  unique (provider_id, provider)
);
create index if not exists identities_user_id on auth.identities (user_id);

create table if not exists auth.sessions (
  id                     uuid primary key,
  user_id                uuid not null references auth.users (id) on delete cascade,
  authentication_method  text not null,
  aal                    text not null default 'aal1',
  refreshed_at           timestamptz,
  created_at             timestamptz not null,
  updated_at             timestamptz not null
);
create index if not exists sessions_user_id on auth.sessions (user_id);

create table if not exists auth.refresh_tokens (
  id          bigint generated always as identity primary key,
  token       text not null unique,
  user_id     uuid not null references auth.users (id) on delete cascade,
  session_id  uuid not null references auth.sessions (id) on delete cascade,
  parent      text not null default '',
  revoked     boolean not null default false,
  created_at  timestamptz not null,
  updated_at  timestamptz not null
);
create index if not exists refresh_tokens_session_id on auth.refresh_tokens (session_id);

create table if not exists auth.flow_state (
  id                      uuid primary key,
  user_id                 uuid references auth.users (id) on delete cascade,
  auth_code               text unique,
  auth_code_issued_at     timestamptz,
  code_challenge          text,
  code_challenge_method   text,
  provider_type           text not null,
  authentication_method   text not null,
  referrer                text,
  provider_access_token   text,
  provider_refresh_token  text,
  created_at              timestamptz not null,
  updated_at              timestamptz not null
);
${authFunctions}
do $$
declare
  t text;
  r text;
begin
  foreach t in array array['users', 'identities', 'sessions', 'refresh_tokens', 'flow_state'] loop
    execute format('alter table auth.%I enable row level security', t);
    execute format('revoke all on auth.%I from public', t);
    foreach r in array array['anon', 'authenticated', 'service_role'] loop
      if exists (select 1 from pg_roles where rolname = r) then
        execute format('revoke all on auth.%I from %I', t, r);
      end if;
    end loop;
  end loop;
end
$$;
`;
