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
create or replace function app.check_node_move() returns trigger
language plpgsql as $$
begin
  if app.owns_conversation(old.conv_id) then
    return new;
  end if;
  raise exception 'only the owner of a conversation may move its nodes' using errcode = 'insufficient_privilege';
end
$$;

create trigger check_move before update on public.flow_node
  for each row
  when (current_user in ('anon', 'authenticated') and old.conv_id is distinct from new.conv_id)
  execute function app.check_node_move();
`;
