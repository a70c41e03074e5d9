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
create table if not exists edge.developer_task (
  id          uuid primary key,
  user_id     uuid not null,
  kind        text not null,
  status      text not null default 'pending',
  url         text,
  error       json,
  started_at  timestamptz not null
);
create table if not exists edge.api_key (
  key         text primary key,
  user_id     uuid not null
);
create index if not exists api_key_user on edge.api_key (user_id);
create table if not exists edge.knowledge_base (
  id          uuid primary key,
  user_id     uuid not null
);
create table if not exists edge.knowledge_passage (
  id          uuid primary key,
  base_id     uuid not null,
  source_id   uuid not null,
  title       text not null,
  place       integer not null,
  content     text not null,
  words       tsvector generated always as (to_tsvector('english', title || ' ' || content)) stored
);
create index if not exists knowledge_passage_base on edge.knowledge_passage (base_id);
create index if not exists job_started on edge.job (started_at desc);
`;
