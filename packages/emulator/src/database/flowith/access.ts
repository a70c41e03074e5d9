/** Who may see and write which rows. */
export const access: string = `
-- ---------------------------------------------------------------- access helpers
create schema if not exists app;
grant usage on schema app to anon, authenticated, service_role;

-- security definer, so that the policies of two tables may look at each other
create or replace function app.owns_conversation(conv uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from public.conversation c
    where c.id = conv and c.user_id = auth.uid()
  )
$$;

-- lowest cooperate role number of the caller: 0 or 1 may write, 2 and 3 may read
create or replace function app.conversation_role(conv uuid) returns smallint
language sql stable security definer set search_path = '' as $$
  select min(k.role) from public.cooperate k
  where k.conv_id = conv and k.user_id = auth.uid()
$$;

create or replace function app.can_read(conv uuid) returns boolean
language sql stable as $$
  select app.owns_conversation(conv) or app.conversation_role(conv) is not null
$$;

create or replace function app.can_write(conv uuid) returns boolean
language sql stable as $$
  select app.owns_conversation(conv) or coalesce(app.conversation_role(conv) <= 1, false)
$$;

create or replace function app.is_others_project(project uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from public.flow_project p
    where p.id = project and p.user_id <> auth.uid()
  )
$$;

-- an upsert has to pass as an insert first, even where it changes what is there
create or replace function app.is_published_oracle(oracle uuid, conv uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from public.oracle_stream o
    where o.id = oracle and o.conv_id = conv and o.is_public
  )
$$;

grant execute on all functions in schema app to anon, authenticated, service_role;

-- ---------------------------------------------------------------- grants
grant all on all tables in schema public to service_role;
grant all on all sequences in schema public to anon, authenticated, service_role;

grant select, insert, update, delete on
  public.flow_project, public.conversation, public.flow_node, public.user_profile,
  public.cooperate, public.user_upload_records, public.subscription_user_own,
  public.public_notice, public.conv_novel_editor, public.discuss,
  public.oracle_stream, public.os_user_active
to anon, authenticated;

grant select on public.subscription_type, public.migration to anon, authenticated;

-- ---------------------------------------------------------------- row security
alter table public.flow_project           enable row level security;
alter table public.conversation           enable row level security;
alter table public.flow_node              enable row level security;
alter table public.user_profile           enable row level security;
alter table public.cooperate              enable row level security;
alter table public.user_upload_records    enable row level security;
alter table public.subscription_type      enable row level security;
alter table public.subscription_user_own  enable row level security;
alter table public.public_notice          enable row level security;
alter table public.conv_novel_editor      enable row level security;
alter table public.discuss                enable row level security;
alter table public.oracle_stream          enable row level security;
alter table public.migration              enable row level security;
alter table public.os_user_active         enable row level security;
alter table public.online_session         enable row level security;

do $$
declare t text;
begin
  foreach t in array array[
    'flow_project', 'conversation', 'flow_node', 'user_profile', 'cooperate',
    'user_upload_records', 'subscription_type', 'subscription_user_own',
    'public_notice', 'conv_novel_editor', 'discuss', 'oracle_stream',
    'migration', 'os_user_active', 'online_session'
  ] loop
    execute format(
      'create policy service_all on public.%I for all to service_role using (true) with check (true)', t);
  end loop;
end
$$;

create policy own_projects on public.flow_project for all to authenticated
  using (user_id = auth.uid()) with check (user_id = auth.uid());

create policy read_own_or_shared on public.conversation for select to authenticated
  using (user_id = auth.uid() or app.conversation_role(id) is not null);
create policy insert_own on public.conversation for insert to authenticated
  with check (user_id = auth.uid() and not app.is_others_project(project_id));
create policy update_own on public.conversation for update to authenticated
  using (user_id = auth.uid())
  with check (user_id = auth.uid() and not app.is_others_project(project_id));
create policy delete_own on public.conversation for delete to authenticated
  using (user_id = auth.uid());

create policy read_nodes on public.flow_node for select to authenticated
  using (app.can_read(conv_id));
create policy insert_nodes on public.flow_node for insert to authenticated
  with check (app.can_write(conv_id));
create policy update_nodes on public.flow_node for update to authenticated
  using (app.can_write(conv_id)) with check (app.can_write(conv_id));
create policy delete_nodes on public.flow_node for delete to authenticated
  using (app.owns_conversation(conv_id));

create policy own_profile on public.user_profile for all to authenticated
  using (id = auth.uid()) with check (id = auth.uid());

create policy read_cooperation on public.cooperate for select to authenticated
  using (user_id = auth.uid() or app.owns_conversation(conv_id));
create policy invite on public.cooperate for insert to authenticated
  with check (app.owns_conversation(conv_id));
create policy pin_or_manage on public.cooperate for update to authenticated
  using (user_id = auth.uid() or app.owns_conversation(conv_id))
  with check (user_id = auth.uid() or app.owns_conversation(conv_id));
create policy leave_or_remove on public.cooperate for delete to authenticated
  using (user_id = auth.uid() or app.owns_conversation(conv_id));

create policy own_uploads on public.user_upload_records for all to authenticated
  using (user_id = auth.uid())
  with check (user_id = auth.uid() and (conv_id is null or app.can_write(conv_id)));

create policy read_types on public.subscription_type for select to anon, authenticated
  using (true);
create policy read_own_subscriptions on public.subscription_user_own for select to authenticated
  using (user_id = auth.uid());

create policy read_published on public.public_notice for select to anon, authenticated
  using (is_published);

create policy read_novel on public.conv_novel_editor for select to authenticated
  using (app.can_read(conv_id));
create policy insert_novel on public.conv_novel_editor for insert to authenticated
  with check (app.can_write(conv_id));
create policy update_novel on public.conv_novel_editor for update to authenticated
  using (app.can_write(conv_id)) with check (app.can_write(conv_id));
create policy delete_novel on public.conv_novel_editor for delete to authenticated
  using (app.owns_conversation(conv_id));

create policy read_discuss on public.discuss for select to authenticated
  using (app.can_read(conv_id));
create policy write_discuss on public.discuss for insert to authenticated
  with check (user_id = auth.uid() and app.can_read(conv_id));
create policy edit_own_discuss on public.discuss for update to authenticated
  using (user_id = auth.uid()) with check (user_id = auth.uid() and app.can_read(conv_id));
create policy delete_own_discuss on public.discuss for delete to authenticated
  using (user_id = auth.uid() or app.owns_conversation(conv_id));

create policy read_oracle on public.oracle_stream for select to anon, authenticated
  using (is_public or app.can_read(conv_id));
create policy insert_oracle on public.oracle_stream for insert to authenticated
  with check (
    app.can_write(conv_id)
    and (not is_public or app.owns_conversation(conv_id) or app.is_published_oracle(id, conv_id))
  );
create policy update_oracle on public.oracle_stream for update to authenticated
  using (app.can_write(conv_id)) with check (app.can_write(conv_id));
create policy delete_oracle on public.oracle_stream for delete to authenticated
  using (app.owns_conversation(conv_id));

create policy read_version on public.migration for select to anon, authenticated
  using (true);

create policy own_activity on public.os_user_active for all to authenticated
  using (user_id = auth.uid()) with check (user_id = auth.uid());
`;
