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

export function createApiKeys(database: Database): ApiKeys {
  const find = async (userId: string): Promise<string | undefined> => {
    const sql = "select key from edge.api_key where user_id = $1::uuid order by key limit 1";
    return (await database.query<{ key: string }>(sql, [userId])).rows[0]?.key;
  };
  return {
    async of(userId) {
      const known = await find(userId);
      if (known !== undefined) return known;
      const key = `flo_${randomBytes(24).toString("hex")}`;
      await database.query("insert into edge.api_key (key, user_id) values ($1, $2::uuid)", [key, userId]);
      return key;
    },
    async ownerOf(key) {
      const sql = "select user_id from edge.api_key where key = $1";
      return (await database.query<{ user_id: string }>(sql, [key])).rows[0]?.user_id;
    },
  };
}
