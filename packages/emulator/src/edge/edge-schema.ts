/** What the edge API keeps for itself; PostgREST does not show it. */
export const edgeSchema: string = `
create schema if not exists edge;
create table if not exists edge.reward_claim (
  user_id     uuid not null,
  day         date not null,
  claimed_at  timestamptz not null,
  primary key (user_id, day)
);
create table if not exists edge.job (
  node_id     uuid primary key,
  user_id     uuid not null,
  conv_id     uuid not null,
  media       text not null,
  model       text not null,
  cost        integer not null,
  status      text not null default 'running',
  started_at  timestamptz not null,
  ended_at    timestamptz
);
create index if not exists job_started on edge.job (started_at desc);
`;
