import { afterAll, beforeAll, expect, it } from "vitest";
import { createSchema } from "../database/create-schema.ts";
import { createDatabase, type Database } from "../database/database.ts";
import { schemaSource } from "../database/schema-source.ts";
import { createTestService } from "../gotrue/testing/test-service.ts";
import { createApiKeys } from "./api-keys.ts";
import { createCredits } from "./credits.ts";
import { sharedRows } from "./seed.ts";
import { createUsers, type Users, UserTakenError } from "./users.ts";

const statements: string[] = [];
const clock = { now: () => Date.parse("2026-05-01T10:00:00Z") };
let database: Database;
let users: Users;
beforeAll(async () => {
  database = await createDatabase();
  await createSchema(database, schemaSource(undefined, false));
  await database.exec(sharedRows);
  const counting: Database = {
    ...database,
    query: (sql, parameters) => {
      statements.push(sql);
      return database.query(sql, parameters);
    },
    transaction: () => Promise.reject(new Error("A transaction is two statements more.")),
  };
  const { goTrue: auth, key } = await createTestService({ database: counting, clock });
  users = createUsers({ auth, apiKeys: createApiKeys(counting), database: counting, key, clock, isFlowith: true });
});
afterAll(() => database.close());

it("makes a user with a profile, credits, a key and a session by three statements", async () => {
  statements.length = 0;
  const user = await users.create({ email: "Carla@example.com", credits: 70 });
  expect(statements).toHaveLength(3);
  expect(user.email).toBe("carla@example.com");
  const { rows } = await database.query("select nickname from public.user_profile where id = $1", [user.id]);
  expect(rows).toEqual([{ nickname: "carla" }]);
  expect(await createCredits(database, clock).grants(user.id)).toMatchObject([
    { sub_type: "pro", remain_quota: 70, from_date: "2026-05-01T10:00:00+00:00", to_date: "2027-05-01T10:00:00+00:00" },
  ]);
  expect(await createApiKeys(database).ownerOf(user.apiKey)).toBe(user.id);
});

it("gives the key of a user's creation again at each sign-in", async () => {
  const { id, email, apiKey } = await users.create();
  expect((await users.signIn({ id, email })).apiKey).toBe(apiKey);
});

it("says whose id or address is taken, and gives nothing to nobody", async () => {
  const { id, email } = await users.create();
  await expect(users.create({ email })).rejects.toThrow(UserTakenError);
  await expect(users.create({ id, email: "other@example.com" })).rejects.toThrow(`other@example.com or ${id}`);
  expect(await createCredits(database, clock).grants(id)).toHaveLength(1);
});
