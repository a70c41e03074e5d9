import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDatabase, type Database } from "./database.ts";
import { flowithSchema } from "./flowith-schema.ts";

const alice = "a11ce000-0000-4000-8000-000000000001";
const bob = "b0b00000-0000-4000-8000-000000000002";

let database: Database;
beforeAll(async () => {
  database = await createDatabase();
  await database.exec(flowithSchema);
});
afterAll(() => database.close());
beforeEach(() => database.exec("delete from public.online_session"));

/** Calls as a user, or as nobody. */
function call(userId: string | undefined, sql: string): Promise<void> {
  return database.transaction(async (transaction) => {
    const [role, claims] = userId === undefined ? ["anon", ""] : ["authenticated", JSON.stringify({ sub: userId })];
    await transaction.query("select set_config('role', $1, true), set_config('request.jwt.claims', $2, true)", [
      role,
      claims,
    ]);
    await transaction.query(sql);
  });
}

const upsert = (userId: string | undefined, path: string): Promise<void> =>
  call(userId, `select public.upsert_online_session('s', '${path}')`);

const remove = (userId: string | undefined): Promise<void> => call(userId, "select public.remove_online_session('s')");

async function sessions(): Promise<unknown[]> {
  const sql = "select user_id, current_path as path from public.online_session";
  return (await database.query(sql)).rows;
}

describe("an online session", () => {
  it.each([
    ["another user", alice, bob],
    ["somebody who is not signed in", alice, undefined],
    ["a user, when it is that of somebody who is not signed in", undefined, bob],
  ])("is left as it is, and no error, where it is named by %s", async (_, owner, other) => {
    await upsert(owner, "/home");
    const before = [{ user_id: owner ?? null, path: "/home" }];
    await upsert(other, "/elsewhere");
    expect(await sessions()).toEqual(before);
    await remove(other);
    expect(await sessions()).toEqual(before);
  });

  it.each([
    ["a user", alice],
    ["somebody who is not signed in", undefined],
  ])("is kept up and ended by %s whose it is", async (_, owner) => {
    await upsert(owner, "/home");
    await upsert(owner, "/conv");
    expect(await sessions()).toEqual([{ user_id: owner ?? null, path: "/conv" }]);
    await remove(owner);
    expect(await sessions()).toEqual([]);
  });
});
