import { rmSync } from "node:fs";
import type { PGlite, PGliteOptions, Transaction as PGliteTransaction } from "@electric-sql/pglite";
import { messageOf } from "../message-of.ts";
import { DatabaseCrashError, NotReachedError } from "./database-crash.ts";
import { readImage } from "./database-image.ts";
import { diskProblem } from "./disk-room.ts";
import { GuardedPostgres } from "./guarded-postgres.ts";
import { type CrashListener, restartingPostgres } from "./restarting-postgres.ts";
import { statementLimitSql } from "./statement-limit.ts";

export interface QueryResult<Row> {
  rows: Row[];
  affectedRows: number;
  fields: { name: string; dataTypeID: number }[];
}

export interface Queryable {
  query<Row = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<QueryResult<Row>>;
  /** Several statements without parameters, such as a schema file. */
  exec(sql: string): Promise<void>;
}

/**
 * One Postgres in this process. Statements run as the owner until a transaction says `set local role`.
 * When it crashes, the statement that it crashed at fails, and it is started again with what was committed.
 */
export interface Database extends Queryable {
  /** Commits when `work` resolves, rolls back when it throws. Transactions run one after another. */
  transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T>;
  /** Only the last listener is told. */
  onCrash(listener: CrashListener): void;
  close(): Promise<void>;
}

function queryable(connection: PGlite | PGliteTransaction): Queryable {
  return {
    async query<Row>(sql: string, parameters: readonly unknown[] = []) {
      const result = await connection.query<Row>(sql, [...parameters]);
      return { rows: result.rows, affectedRows: result.affectedRows ?? 0, fields: result.fields };
    },
    async exec(sql) {
      await connection.exec(sql);
    },
  };
}

/**
 * A string parameter reaches Postgres as it is, whatever the type of its place: PGlite's serializers reject or change
 * some ("maybe" for a boolean), where a server answers with its own error.
 */
function acceptTextParameters(connection: PGlite): void {
  for (const [oid, serialize] of Object.entries(connection.serializers)) {
    connection.serializers[oid] = (value: unknown) => (typeof value === "string" ? value : serialize(value));
  }
}

/** After a crash the rollback fails as well: what `work` threw says more. */
async function inTransaction<T>(connection: PGlite, work: (transaction: Queryable) => Promise<T>): Promise<T> {
  let hasBegun = false;
  let thrown: { error: unknown } | undefined;
  try {
    return await connection.transaction(async (transaction) => {
      hasBegun = true;
      try {
        return await work(queryable(transaction));
      } catch (error) {
        thrown = { error };
        throw error;
      }
    });
  } catch (error) {
    const reason = thrown === undefined ? error : thrown.error;
    if (!(hasBegun && reason instanceof NotReachedError)) throw reason;
    throw new DatabaseCrashError("Postgres crashed in the middle of a transaction.", { cause: reason });
  }
}

async function open(options: PGliteOptions = {}): Promise<GuardedPostgres> {
  const connection = await GuardedPostgres.open(options);
  acceptTextParameters(connection);
  await connection.exec(statementLimitSql);
  return connection;
}

function wrap(connection: GuardedPostgres, folder: string | undefined): Database {
  const postgres = restartingPostgres(connection, async (crashed) => {
    // the files are those of a process that was killed: Postgres recovers from them what was committed
    const left = folder === undefined ? { loadDataDir: await crashed.dumpDataDir("none") } : { dataDir: folder };
    await crashed.close();
    return open(left).catch((cause: unknown) => {
      throw new Error(diskProblem(folder) ?? messageOf(cause), { cause });
    });
  });
  return {
    query: (sql, parameters) => postgres.run((current) => queryable(current).query(sql, parameters)),
    exec: (sql) => postgres.run((current) => queryable(current).exec(sql)),
    transaction: (work) => postgres.run((current) => inTransaction(current, work)),
    onCrash: postgres.onCrash,
    close: postgres.close,
  };
}

/**
 * A database from an image, in memory or in a new folder.
 * @returns undefined when there is no image, or it is of no use
 */
export async function unpackDatabase(image: Blob | undefined, folder?: string): Promise<Database | undefined> {
  if (image === undefined) return undefined;
  try {
    const place = folder === undefined ? {} : { dataDir: folder };
    const connection = await open({ ...place, loadDataDir: image });
    await connection.query("select 1");
    return wrap(connection, folder);
  } catch (error) {
    // another build of Postgres than the one that made it, for one
    process.emitWarning(`A prepared database does not open: ${messageOf(error)}`, "FlowithEmulatorWarning");
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
}

/** An empty database, in memory or in a new folder. */
export async function createDatabase(folder?: string): Promise<Database> {
  const unpacked = await unpackDatabase(await readImage("empty"), folder);
  return unpacked ?? wrap(await open(folder === undefined ? {} : { dataDir: folder }), folder);
}

/** The database that a folder holds. */
export async function openDatabase(folder: string): Promise<Database> {
  return wrap(await open({ dataDir: folder }), folder);
}

/** Those that Postgres copies to make others, of which there are none; two thirds of the files are theirs. */
const withoutTemplates: readonly string[] = [
  "update pg_database set datistemplate = false",
  "drop database template0",
  "drop database template1",
];

/** A database that these statements have made, packed, and what `look` finds in it. */
export async function packDatabase<Found>(
  statements: readonly string[],
  look: (database: Database) => Promise<Found>,
): Promise<{ tar: Blob; found: Found }> {
  const connection = await open();
  for (const statement of [...statements, ...withoutTemplates]) await connection.exec(statement);
  const found = await look(wrap(connection, undefined));
  // without it the image would be mostly log, to be replayed at each start
  await connection.exec("checkpoint");
  const tar = await connection.dumpDataDir("none");
  await connection.close();
  return { tar, found };
}
