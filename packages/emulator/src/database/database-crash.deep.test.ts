import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase, type Database } from "./database.ts";
import { DatabaseCrashError } from "./database-crash.ts";

const deepJson = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);

/** Deeper than the engine's stack, in a part of Postgres that does not look at how deep it is. */
const crashing = ["select $1::jsonb", [deepJson(100_000)]] as const;

const tables = `
  create table kept (id int primary key);
  create table endless (id int);
  create function insert_again() returns trigger language plpgsql as $$
    begin insert into endless values (new.id + 1); return new; end $$;
  create trigger again after insert on endless for each row execute function insert_again();
  create function call_again(n int) returns int language sql as $$ select call_again(n + 1) $$;`;

let folder: string;
const databases = new Map<string, Database>();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowith-crash-"));
  databases.set("in memory", await createDatabase());
  databases.set("in a folder", await createDatabase(join(folder, "database")));
  for (const database of databases.values()) await database.exec(tables);
});
afterAll(async () => {
  for (const database of databases.values()) await database.close();
  await rm(folder, { recursive: true });
});

describe.each(["in memory", "in a folder"])("Postgres %s", (place) => {
  let database: Database;
  const crashes: DatabaseCrashError[] = [];
  beforeAll(() => {
    database = databases.get(place) ?? expect.fail();
    database.onCrash((crash) => crashes.push(crash));
  });

  it("refuses what nests too deep, whatever a client sets", async () => {
    const depth = async () => (await database.query("show max_stack_depth")).rows;
    await database.transaction(async (transaction) => {
      await transaction.exec("create role guest; set local role guest");
      const lift = transaction.exec("set max_stack_depth = '2MB'");
      await expect(lift).rejects.toMatchObject({ code: "42501" });
      await transaction.exec("rollback");
    });
    await database.exec("reset max_stack_depth");
    expect(await depth()).toEqual([{ max_stack_depth: "200kB" }]);
    await expect(database.query("insert into endless values (1)")).rejects.toMatchObject({ code: "54001" });
    await expect(database.query("select $1::jsonb", [deepJson(6000)])).rejects.toMatchObject({ code: "54001" });
    expect((await database.query("select count(*)::int as rows from endless")).rows).toEqual([{ rows: 0 }]);
    expect(crashes).toEqual([]);
  });

  it.each([
    ["a value", () => database.query(...crashing)],
    ["a function", () => database.query("select call_again(1)")],
    ["a script", () => database.exec(`select '${deepJson(100_000)}'::jsonb; select 1`)],
    [
      "a transaction",
      () =>
        database.transaction(async (transaction) => {
          await transaction.query("insert into kept values (-1)");
          await transaction.query(...crashing);
        }),
    ],
  ])("that crashes at %s says the same, and goes on with what was committed", async (_, crash) => {
    crashes.length = 0;
    await database.exec("truncate kept; insert into kept values (1), (2)");
    await expect(crash()).rejects.toMatchObject({ code: "54001", message: "stack depth limit exceeded" });
    expect((await database.query("select id from kept order by id")).rows).toEqual([{ id: 1 }, { id: 2 }]);
    expect(crashes).toEqual([expect.any(DatabaseCrashError)]);
    expect(crashes[0]?.message).toMatch(/^Postgres has crashed \(RangeError: .*\) and was started again\.$/);
    // strings still reach Postgres as they are
    await expect(database.query("select $1::bool", ["perhaps"])).rejects.toMatchObject({ code: "22P02" });
  });

  it("that crashes does not lose what waits for its turn", async () => {
    await database.exec("truncate kept");
    const insert = (id: number) => database.query("insert into kept values ($1)", [id]);
    const waiting = database.transaction((transaction) => transaction.query("insert into kept values (3)"));
    const [culprit, ...others] = await Promise.allSettled([database.query(...crashing), insert(2), waiting, insert(4)]);
    expect(culprit).toMatchObject({ reason: { code: "54001" } });
    expect(others.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled"]);
    expect((await database.query("select id from kept order by id")).rows).toEqual([{ id: 2 }, { id: 3 }, { id: 4 }]);
  });

  it("that crashes in the middle of a transaction never takes up the rest of it", async () => {
    await database.exec("truncate kept");
    const heedless = database.transaction(async (transaction) => {
      await transaction.query("insert into kept values (1)");
      await transaction.query(...crashing).catch(() => {});
      await transaction.query("insert into kept values (2)").catch(() => {});
    });
    await expect(heedless).rejects.toThrow("Postgres crashed in the middle of a transaction.");
    expect((await database.query("select id from kept")).rows).toEqual([]);
  });
});

it("Postgres that panics and cannot be started again says so to everybody, and can be closed", async () => {
  const told: string[] = [];
  const database = await createDatabase(join(folder, "panics"));
  database.onCrash(({ name }) => told.push(name));
  // it has to write on, and cannot: as on a full disk
  await rm(join(folder, "panics", "pg_wal"), { recursive: true });
  const write = () => database.exec("create table t (id int); select pg_switch_wal(); insert into t values (1)");
  await expect(write()).rejects.toThrow(/^Postgres has crashed: RuntimeError: /);
  const again = { name: "DatabaseLostError", message: expect.stringContaining("does not start again") };
  await expect(database.query("select 1")).rejects.toMatchObject(again);
  await expect(database.transaction(async () => {})).rejects.toMatchObject(again);
  expect(told).toEqual(["DatabaseLostError"]);
  await database.close();
});
