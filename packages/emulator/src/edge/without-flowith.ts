import type { Database } from "../database/database.ts";
import { json } from "../http/answers.ts";

/** What jobs, credits and cooperation read and write. */
const needed = ["conversation", "flow_node", "cooperate", "subscription_type", "subscription_user_own"] as const;

/** Whether the tables are there that the edge API works on. */
export async function hasFlowithTables(database: Database): Promise<boolean> {
  const names = needed.map((name) => `public.${name}`);
  const sql = "select every(to_regclass(name) is not null) as has from unnest($1::text[]) name";
  return (await database.query<{ has: boolean }>(sql, [names])).rows[0]?.has ?? false;
}

/** The edge API of an emulator that serves another schema. */
export function answerWithoutFlowith(): Response {
  const message = `This emulator serves a schema without Flowith's tables (${needed.join(", ")}), so it has no edge API.`;
  return json({ message, code: "not_emulated" }, 501);
}
