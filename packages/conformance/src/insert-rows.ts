import type { CaseContext } from "./conformance-case.ts";
import type { TestUser } from "./control.ts";

/** Puts rows into a table as a user, past the client. */
export async function insertRows(
  { control }: Pick<CaseContext, "control">,
  user: TestUser,
  table: string,
  rows: readonly object[],
): Promise<void> {
  const { supabaseUrl, supabaseKey } = await control.addresses();
  const response = await fetch(`${supabaseUrl}/rest/v1/${table}`, {
    method: "POST",
    headers: { apikey: supabaseKey, authorization: `Bearer ${user.token}`, "content-type": "application/json" },
    body: JSON.stringify(rows),
  });
  if (!response.ok) throw new Error(`POST ${table} answered ${response.status}: ${await response.text()}`);
}
