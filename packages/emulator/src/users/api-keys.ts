import { randomBytes } from "node:crypto";
import type { Database } from "../database/database.ts";

/** Keys for the developer API: one a user, made when it is first asked for. */
export interface ApiKeys {
  of(userId: string): Promise<string>;
  ownerOf(key: string): Promise<string | undefined>;
}

/** How a key of the live service begins. */
export function isApiKey(token: string): boolean {
  return /^flo[_-]/.test(token);
}

export function newApiKey(): string {
  return `flo_${randomBytes(24).toString("hex")}`;
}

/** What an insert has made is not seen by the rest of its statement, so only one of the two has a row. */
const ownOrNewSql = `
  with own as (select key from edge.api_key where user_id = $2::uuid order by key limit 1),
  made as (
    insert into edge.api_key (key, user_id) select $1, $2::uuid where not exists (select from own) returning key
  )
  select key from own union all select key from made`;

export function createApiKeys(database: Database): ApiKeys {
  return {
    async of(userId) {
      const { rows } = await database.query<{ key: string }>(ownOrNewSql, [newApiKey(), userId]);
      const key = rows[0]?.key;
      if (key === undefined) throw new Error(`There is no API key of ${userId}.`);
      return key;
    },
    async ownerOf(key) {
      const sql = "select user_id from edge.api_key where key = $1";
      return (await database.query<{ user_id: string }>(sql, [key])).rows[0]?.user_id;
    },
  };
}
