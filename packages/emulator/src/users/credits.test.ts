import { afterAll, beforeAll, expect, it } from "vitest";
import { createDatabase, type Database } from "../database/database.ts";
import { flowithSchema } from "../database/flowith-schema.ts";
import { createMovableClock } from "../movable-clock.ts";
import { createCredits } from "./credits.ts";
import { sharedRows } from "./seed.ts";

const clock = createMovableClock();
let database: Database;
beforeAll(async () => {
  database = await createDatabase();
  await database.exec(flowithSchema);
  await database.exec(sharedRows);
});
afterAll(() => database.close());

it("takes from the grants that end first, all or nothing, and never below zero", async () => {
  const credits = createCredits(database, clock);
  const user = "00000000-0000-4000-8000-000000000001";
  await credits.grant(user, "pro", 10, 30);
  await credits.grant(user, "trial", 3, 7);
  const left = async (): Promise<number[]> => (await credits.grants(user)).map(({ remain_quota }) => remain_quota);
  expect(await credits.charge(user, 2)).toBe(true);
  expect(await left()).toEqual([1, 10]);
  expect(await credits.charge(user, 5)).toBe(true);
  expect(await left()).toEqual([0, 6]);
  expect(await credits.charge(user, 7)).toBe(false);
  expect(await left()).toEqual([0, 6]);
  await credits.refund(user, 4);
  expect(await left()).toEqual([0, 10]);
  expect(await credits.charge(user, 10)).toBe(true);
  expect(await credits.charge(user, 1)).toBe(false);
});

it("knows when a grant begins and ends", async () => {
  const credits = createCredits(database, clock);
  const user = "00000000-0000-4000-8000-000000000002";
  await credits.grant(user, "trial", 3, 7);
  clock.advance(7 * 86_400_000 + 1);
  expect(await credits.charge(user, 1)).toBe(false);
  clock.reset();
  expect(await credits.charge(user, 1)).toBe(true);
});
