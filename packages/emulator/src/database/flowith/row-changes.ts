/** What an update may change, and what changes with it. */
export const rowChanges: string = `
-- ---------------------------------------------------------------- what changes by itself
create or replace function app.touch_updated_at() returns trigger
language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end
$$;

create trigger touch before update on public.flow_project
  for each row execute function app.touch_updated_at();
create trigger touch before update on public.conversation
  for each row execute function app.touch_updated_at();
create trigger touch before update on public.flow_node
  for each row execute function app.touch_updated_at();
create trigger touch before update on public.user_profile
  for each row execute function app.touch_updated_at();
create trigger touch before update on public.conv_novel_editor
  for each row execute function app.touch_updated_at();

-- ---------------------------------------------------------------- what may change
-- A policy sees the old row or the new one, never both: what an update may change is a trigger's to say.
-- (Privileges on single columns would do for updates, but an upsert names all columns of its body.)
create or replace function app.check_cooperation_change() returns trigger
language plpgsql as $$
begin
  if app.owns_conversation(old.conv_id) and app.owns_conversation(new.conv_id) then
    return new;
  end if;
  raise exception 'a cooperator may change nothing but top' using errcode = 'insufficient_privilege';
end
$$;

create trigger check_change before update on public.cooperate
  for each row
  when (current_user in ('anon', 'authenticated') and to_jsonb(old) - 'top' is distinct from to_jsonb(new) - 'top')
  execute function app.check_cooperation_change();

-- who may write in a conversation may not delete from it, and so not take away either
create or replace function app.check_move() returns trigger
language plpgsql as $$
begin
  if app.owns_conversation(old.conv_id) then
    return new;
  end if;
  raise exception 'only the owner of a conversation may move what lies in it' using errcode = 'insufficient_privilege';
end
$$;

do $$
declare t text;
begin
  foreach t in array array['flow_node', 'conv_novel_editor', 'oracle_stream'] loop
    execute format(
      'create trigger check_move before update on public.%I for each row '
      'when (current_user in (''anon'', ''authenticated'') and old.conv_id is distinct from new.conv_id) '
      'execute function app.check_move()', t);
  end loop;
end
$$;

-- moved into another conversation, a public row is published there
create or replace function app.check_publication() returns trigger
language plpgsql as $$
begin
  if app.owns_conversation(old.conv_id) and (not new.is_public or app.owns_conversation(new.conv_id)) then
    return new;
  end if;
  raise exception 'only the owner of a conversation may publish from it' using errcode = 'insufficient_privilege';
end
$$;

create trigger check_publication before update on public.oracle_stream
  for each row
  when (
    current_user in ('anon', 'authenticated')
    and (old.is_public, old.conv_id) is distinct from (new.is_public, new.conv_id)
  )
  execute function app.check_publication();

-- Other rows, events and handles of jobs name a row by its id, and its place in a list comes from its age.
create or replace function app.refuse_change() returns trigger
language plpgsql as $$
begin
  raise exception 'id and created_at of a row never change' using errcode = 'insufficient_privilege';
end
$$;

do $$
declare t record;
begin
  for t in
    select table_name, string_agg(format('old.%1$I is distinct from new.%1$I', column_name), ' or ') as is_changed
    from information_schema.columns
    where table_schema = 'public' and column_name in ('id', 'created_at')
    group by table_name
  loop
    execute format(
      'create trigger check_fixed before update on public.%I for each row when (%s) '
      'execute function app.refuse_change()', t.table_name, t.is_changed);
  end loop;
end
$$;
`;
