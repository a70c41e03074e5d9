import type { Database } from "../database/database.ts";
import type { SchemaSource } from "../database/schema-source.ts";
import type { KnowledgeStore } from "../edge/developer/knowledge-store.ts";
import { sharedRows, wellKnownKnowledge, wellKnownPassword, wellKnownRows, wellKnownUsers } from "./seed.ts";
import type { NewUser, Users } from "./users.ts";

export interface SeedContext {
  database: Database;
  users: Users;
  knowledge: Pick<KnowledgeStore, "add">;
  source: SchemaSource;
}

async function runSeed(database: Database, sql: string): Promise<void> {
  try {
    await database.exec(sql);
  } catch (error) {
    throw new Error(`The seed does not load: ${String(error)}`, { cause: error });
  }
}

/**
 * Fills a database that holds nothing but what its schema has put there.
 * @param wanted users in place of the well-known ones, whose conversations are then left out as well
 * @returns the users, without sessions
 */
export async function seedDatabase(
  { database, users, knowledge, source: { kind, seed } }: SeedContext,
  wanted?: readonly NewUser[],
): Promise<readonly { id: string; email: string }[]> {
  const wellKnown = seed === false ? [] : wellKnownUsers.map((user) => ({ ...user, password: wellKnownPassword }));
  if (kind === "flowith") await database.exec(sharedRows);
  const added: { id: string; email: string }[] = [];
  for (const user of wanted ?? wellKnown) added.push(await users.add(user));
  if (typeof seed === "string") await runSeed(database, seed);
  else if (seed && kind === "flowith" && wanted === undefined) {
    await database.exec(wellKnownRows);
    await knowledge.add(wellKnownKnowledge);
  }
  return added;
}

/** Those of the well-known users that a database holds. */
export async function findWellKnown(database: Database): Promise<readonly { id: string; email: string }[]> {
  const { rows } = await database.query<{ id: string; email: string }>(
    "select id, email from auth.users where id = any($1::uuid[]) and email is not null order by email",
    [wellKnownUsers.map(({ id }) => id)],
  );
  return rows;
}
