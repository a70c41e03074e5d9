import { expect, it } from "vitest";
import { unpackDatabase } from "../database/database.ts";
import { readImage } from "../database/database-image.ts";
import { schemaSource } from "../database/schema-source.ts";
import { imageRows } from "./baseline.ts";
import { takeSnapshot } from "./table-snapshot.ts";

it("the rows that stand beside an image are those that are in it, and without them Postgres is asked", async () => {
  const { hash } = schemaSource(undefined, false);
  const database = await unpackDatabase(await readImage(hash));
  if (database === undefined) throw new Error("There is no image: build the emulator first.");
  const taken = await takeSnapshot(database);
  expect(taken.tables.length).toBeGreaterThan(20);
  const closed = { ...database, transaction: () => Promise.reject(new Error("Postgres was asked.")) };
  expect(await imageRows(closed, hash)).toEqual(taken);
  expect(await imageRows(database, "of no build")).toEqual(taken);
  await database.close();
});
