/** What a schema finds in every project: the roles of its users, and who is asking. */
export const projectRoles: string = `
create role anon nologin noinherit;
create role authenticated nologin noinherit;
create role service_role nologin noinherit bypassrls;
grant usage on schema public, auth to anon, authenticated, service_role;

create function auth.jwt() returns jsonb language sql stable as $$
  select nullif(current_setting('request.jwt.claims', true), '')::jsonb
$$;
create function auth.uid() returns uuid language sql stable as $$ select (auth.jwt() ->> 'sub')::uuid $$;
create function auth.role() returns text language sql stable as $$ select auth.jwt() ->> 'role' $$;
grant execute on function auth.jwt(), auth.uid(), auth.role() to anon, authenticated, service_role;
`;

/** For a schema that makes the roles by itself. */
export const withoutProjectRoles: string = `
drop function auth.uid(), auth.role(), auth.jwt();
drop owned by anon, authenticated, service_role;
drop role anon, authenticated, service_role;
`;
