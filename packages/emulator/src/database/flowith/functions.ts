/** Remote procedures. */
export const functions: string = `
-- ---------------------------------------------------------------- functions
-- A session is its user's alone. Those who are not signed in cannot be told apart: theirs is whose id they know.
create or replace function public.upsert_online_session(
  p_session_id         text,
  p_current_path       text default null,
  p_device_type        text default null,
  p_platform           text default null,
  p_browser            text default null,
  p_locale             text default null,
  p_subscription_tier  text default null,
  p_is_idle            boolean default false
) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if p_session_id is null or p_session_id = '' then
    raise exception 'session id is required' using errcode = '22023', hint = 'Send p_session_id.';
  end if;
  insert into public.online_session as s (
    session_id, user_id, current_path, device_type, platform, browser, locale,
    subscription_tier, is_idle, last_seen_at
  ) values (
    p_session_id, auth.uid(), p_current_path, p_device_type, p_platform, p_browser, p_locale,
    p_subscription_tier, coalesce(p_is_idle, false), now()
  )
  on conflict (session_id) do update set
    current_path = excluded.current_path,
    device_type = excluded.device_type,
    platform = excluded.platform,
    browser = excluded.browser,
    locale = excluded.locale,
    subscription_tier = excluded.subscription_tier,
    is_idle = excluded.is_idle,
    last_seen_at = excluded.last_seen_at
  where s.user_id is not distinct from excluded.user_id;
end
$$;

create or replace function public.remove_online_session(p_session_id text) returns void
language sql security definer set search_path = '' as $$
  delete from public.online_session
  where session_id = p_session_id and user_id is not distinct from auth.uid()
$$;

create or replace function public.get_online_count() returns integer
language sql stable security definer set search_path = '' as $$
  select count(*)::integer from public.online_session
  where last_seen_at > now() - interval '5 minutes'
$$;

grant execute on function
  public.upsert_online_session(text, text, text, text, text, text, text, boolean),
  public.remove_online_session(text),
  public.get_online_count()
to anon, authenticated, service_role;
`;
