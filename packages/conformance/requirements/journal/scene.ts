import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { type Placeholders, placeholders, type SentRequest, sentRequest } from "./sent-request.ts";

/** Rows that both clients meet, by what they are to the calls. */
export const ids: Readonly<Record<"user" | "otherUser" | "project" | "seeded" | "spare" | "doomed", string>> = {
  user: "a11ce000-0000-4000-8000-000000000001",
  otherUser: "b0b00000-0000-4000-8000-000000000002",
  project: "0e000000-0000-4000-8000-000000000001",
  /** With nodes and everything that can lie beside a conversation. */
  seeded: "0c000000-0000-4000-8000-000000000001",
  /** Without anything, for generations. */
  spare: "0c000000-0000-4000-8000-000000000002",
  /** To be deleted. */
  doomed: "0c000000-0000-4000-8000-000000000003",
};

/** A picture that both clients name in their prompts; nobody fetches it. */
export const PICTURE = "https://flowith.example/picture.png";

const at = (day: number): string => `'2026-03-0${day}T10:00:00Z'`;

const rows = `
insert into public.flow_project (id, user_id, title, created_at, updated_at) values
  ('${ids.project}', '${ids.user}', 'Travel', ${at(1)}, ${at(1)});
insert into public.conversation (id, title, user_id, project_id, preview, metadata, created_at, updated_at) values
  ('${ids.seeded}', 'Kyoto in autumn', '${ids.user}', null, 'Day 1: walk.', '{"member_count": 2}', ${at(1)}, ${at(5)}),
  ('${ids.spare}', 'Budget', '${ids.user}', null, null, '{"member_count": 1}', ${at(1)}, ${at(4)}),
  ('${ids.doomed}', 'Old', '${ids.user}', null, null, null, ${at(1)}, ${at(3)}),
  (gen_random_uuid(), 'Hotels', '${ids.user}', '${ids.project}', null, null, ${at(1)}, ${at(2)}),
  (gen_random_uuid(), 'Trains', '${ids.user}', '${ids.project}', null, null, ${at(1)}, ${at(1)});
insert into public.flow_node (id, conv_id, type, p_id, position, data, created_at, updated_at) values
  ('0d000000-0000-4000-8000-000000000001', '${ids.seeded}', '1', '${ids.seeded}', '{"x": 0, "y": 130}',
   '{"timestamp": "1767607200", "value": "Plan a day in Kyoto"}', ${at(1)}, ${at(1)}),
  ('0d000000-0000-4000-8000-000000000002', '${ids.seeded}', '2', '0d000000-0000-4000-8000-000000000001',
   '{"x": 0, "y": 340}', '{"title": "AI", "value": "Day 1: walk.", "mode": "General", "timestamp": "1767607205",
   "isImage": false, "model": "gpt-4.1-nano", "status": "done"}', ${at(2)}, ${at(2)});
insert into public.cooperate (user_id, conv_id, role, created_at) values
  ('${ids.user}', '${ids.seeded}', 0, ${at(1)}), ('${ids.otherUser}', '${ids.seeded}', 1, ${at(2)});
insert into public.discuss (conv_id, user_id, content, created_at) values
  ('${ids.seeded}', '${ids.otherUser}', 'I will bring the map.', ${at(2)});
insert into public.conv_novel_editor (conv_id, content, updated_at) values ('${ids.seeded}', 'Kyoto, a draft', ${at(2)});
insert into public.oracle_stream (conv_id, requirement, workflow, no_need_replan, is_public, user_confirm) values
  ('${ids.seeded}', 'A plan', '{"steps": 2}', true, true, true);
insert into public.user_upload_records (user_id, conv_id, value, name, type, created_at) values
  ('${ids.user}', '${ids.seeded}', 'https://flowith.example/a.pdf', 'a.pdf', 'pdf', ${at(1)}),
  ('${ids.user}', null, 'https://flowith.example/b.md', 'b.md', 'md', ${at(2)});
`;

/** The emulator that the Python client was recorded on, and that ours is held against. */
export function startScene(): Promise<Emulator> {
  return startEmulator({ seed: rows, firstEventMs: 30, fragmentMs: 5, imageMs: 30, videoMs: 30, heartbeatMs: 300 });
}

/** What stands for the emulator's addresses, its user and the rows above. */
export function scenePlaceholders(emulator: Emulator): Placeholders {
  const { port } = new URL(emulator.url);
  const refreshToken = emulator.users[0]?.refreshToken ?? "";
  return placeholders({
    emulator: emulator.url,
    files: `http://localhost:${port}`,
    "refresh token": refreshToken,
    ...ids,
  });
}

/** Gives the downloads since it was last called. */
export function downloadsOf(emulator: Emulator, replace: Placeholders): () => Promise<SentRequest[]> {
  let after = 0;
  return () => {
    const entries = emulator.journal.list({ route: "GET /files/*", after });
    after = entries.at(-1)?.id ?? after;
    return Promise.all(
      entries.map(({ method, path, query, headers }) =>
        sentRequest(new Request(`${emulator.url}${path}${query}`, { method, headers }), replace),
      ),
    );
  };
}
