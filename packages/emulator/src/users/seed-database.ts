import type { Database } from "../database/database.ts";
import { sharedRows, wellKnownPassword, wellKnownRows, wellKnownUsers } from "./seed.ts";
import type { Users } from "./users.ts";

/** Fills a fresh database; returns the users that are known by name. */
export async function seedDatabase(
  database: Database,
  users: Users,
  wantsUsers: boolean,
): Promise<readonly { id: string; email: string }[]> {
  await database.exec(sharedRows);
  if (!wantsUsers) return [];
  for (const user of wellKnownUsers) await users.add({ ...user, password: wellKnownPassword });
  await database.exec(wellKnownRows);
  return wellKnownUsers;
}
