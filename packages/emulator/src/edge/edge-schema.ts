/** What the edge API keeps for itself; PostgREST does not show it. */
export const edgeSchema: string = `
create schema if not exists edge;
create table if not exists edge.reward_claim (
  user_id     uuid not null,
  day         date not null,
  claimed_at  timestamptz not null,
  primary key (user_id, day)
);
`;
