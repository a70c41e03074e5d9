/**
 * How long a statement of Supabase may run. Postgres' own `statement_timeout` cannot end one here: it shares this process's
 * one thread, where its timer never fires. So what can grow without bounds asks for the time by itself, row by row.
 */
const limit = "8 s";

/**
 * Gives a connection the condition `pg_temp.in_time()`, which holds until the statement has run too long, and then fails as
 * Postgres would. It is no part of a schema, and gone with the connection.
 */
export const statementLimitSql: string = `
create or replace function pg_temp.in_time() returns boolean language plpgsql volatile as $$
begin
  if clock_timestamp() > statement_timestamp() + interval '${limit}' then
    raise exception 'canceling statement due to statement timeout' using errcode = 'query_canceled';
  end if;
  return true;
end
$$;
`;
