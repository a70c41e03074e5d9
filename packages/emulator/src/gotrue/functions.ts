/**
 * What a sign-up and a sign-in write, one call each: every statement that goes to Postgres by itself costs as much again
 * on its way. They are functions and not one statement each, since triggers of a schema are to see the rows as they see
 * those of the service: a user is inserted, and confirmed after that.
 */
export const authFunctions: string = `
create or replace function auth.create_confirmed_user(
  id uuid, email text, encrypted_password text, provider text,
  app_metadata jsonb, identity_data jsonb, user_metadata jsonb, now timestamptz
) returns setof auth.users language plpgsql as $$
begin
  insert into auth.users
    (id, email, encrypted_password, raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
  values (id, lower(email), encrypted_password, app_metadata, identity_data, now, now);
  insert into auth.identities
    (id, provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at)
  values (gen_random_uuid(), identity_data ->> 'sub', id, identity_data, provider, now, now, now);
  return query update auth.users u
    set email_confirmed_at = now, raw_user_meta_data = user_metadata, updated_at = now
    where u.id = create_confirmed_user.id returning u.*;
end
$$;

-- no row where there is no such user
create or replace function auth.start_session(
  session_id uuid, user_id uuid, method text, aal text, token text, now timestamptz
) returns setof auth.users language plpgsql as $$
begin
  if not exists (select from auth.users u where u.id = start_session.user_id) then
    return;
  end if;
  insert into auth.sessions (id, user_id, authentication_method, aal, created_at, updated_at)
  values (session_id, user_id, method, aal, now, now);
  insert into auth.refresh_tokens (token, user_id, session_id, created_at, updated_at)
  values (token, user_id, session_id, now, now);
  return query update auth.users u set last_sign_in_at = now, updated_at = now
    where u.id = start_session.user_id returning u.*;
end
$$;
`;
