/** The users that are there from the start, unless the emulator is open to other machines. */
export const wellKnownUsers: readonly { id: string; email: string }[] = [
  { id: "a11ce000-0000-4000-8000-000000000001", email: "alice@example.com" },
  { id: "b0b00000-0000-4000-8000-000000000002", email: "bob@example.com" },
];

/** With it the well-known users sign in by e-mail. */
export const wellKnownPassword = "flowith-emulator";

/** What the knowledge base of alice has in it. */
export const wellKnownKnowledge: { id: string; userId: string; documents: readonly { title: string; text: string }[] } =
  {
    id: "0b000000-0000-4000-8000-000000000001",
    userId: "a11ce000-0000-4000-8000-000000000001",
    documents: [
      {
        title: "Ferry timetable.md",
        text: `# The ferry

The ferry to the island leaves the harbour at 7:30 and 15:00, and takes 40 minutes. On Sundays it leaves at 10:00 only.

## Tickets

A ticket costs 12 euros. Children under six travel free of charge; a bicycle costs 3 euros more.

## Storms

In a storm of force eight or more the ferry stays in the harbour. Tickets are then valid on the next day.`,
      },
      {
        title: "Museum of tides.md",
        text: `# The museum of tides

The museum of tides opens at 9:00 every day but Monday. Its great tide clock was built in 1891 by Ada Morrow, a clockmaker.

Visitors may wind the tide clock by hand at noon.`,
      },
    ],
  };

/** Rows that belong to nobody. */
export const sharedRows: string = `
insert into public.subscription_type (id, quota, label) values
  ('trial', 800, 'Trial'), ('pro', 20000, 'Pro'), ('daily_reward', 100, 'Daily reward') on conflict do nothing;
insert into public.public_notice (title, content) values
  ('Welcome', 'This is the emulator of flowith-webapi. Nothing here costs anything.');
insert into public.migration (version) values ('20260101000000') on conflict do nothing;
`;

/** Two conversations of alice, one of them shared with bob. */
export const wellKnownRows: string = `
insert into public.flow_project (id, user_id, title) values
  ('0e000000-0000-4000-8000-000000000001', 'a11ce000-0000-4000-8000-000000000001', 'Travel');
insert into public.conversation (id, title, user_id, preview, metadata, created_at, updated_at) values
  ('0c000000-0000-4000-8000-000000000001', 'Kyoto in autumn', 'a11ce000-0000-4000-8000-000000000001',
   'Day 1: walk along the river.', '{"member_count": 2}', '2026-01-05T10:00:00Z', '2026-03-01T10:00:00Z'),
  ('0c000000-0000-4000-8000-000000000002', 'Budget', 'a11ce000-0000-4000-8000-000000000001',
   null, '{"member_count": 1}', '2026-01-06T10:00:00Z', '2026-03-03T10:00:00Z');
insert into public.flow_node (id, conv_id, type, p_id, position, data, created_at, updated_at) values
  ('0d000000-0000-4000-8000-000000000001', '0c000000-0000-4000-8000-000000000001', '1',
   '0c000000-0000-4000-8000-000000000001', '{"x": 0, "y": 130}',
   '{"timestamp": "1767607200", "value": "Plan a day in Kyoto"}', '2026-01-05T10:00:01Z', '2026-01-05T10:00:01Z'),
  ('0d000000-0000-4000-8000-000000000002', '0c000000-0000-4000-8000-000000000001', '2',
   '0d000000-0000-4000-8000-000000000001', '{"x": 0, "y": 340}',
   '{"title": "AI", "value": "<think>A short plan will do.</think>Day 1: walk along the river.", "mode": "General", "timestamp": "1767607205", "isImage": false, "model": "gpt-4.1-nano", "status": "done"}',
   '2026-01-05T10:00:02Z', '2026-01-05T10:00:09Z');
insert into public.cooperate (user_id, conv_id, role) values
  ('a11ce000-0000-4000-8000-000000000001', '0c000000-0000-4000-8000-000000000001', 0),
  ('b0b00000-0000-4000-8000-000000000002', '0c000000-0000-4000-8000-000000000001', 1);
insert into public.discuss (conv_id, user_id, content) values
  ('0c000000-0000-4000-8000-000000000001', 'b0b00000-0000-4000-8000-000000000002', 'I will bring the map.');
`;
