import { PGlite, type Transaction as PGliteTransaction } from "@electric-sql/pglite";

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

/** One Postgres in this process. Statements run as the owner until a transaction says `set local role`. */
export interface Database extends Queryable {
  /** Commits when `work` resolves, rolls back when it throws. Transactions run one after another. */
  transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** A folder that keeps the data; in memory when absent. */
  folder?: string | undefined;
  /** A database to begin with, as `dumpImage` has made it. */
  image?: Blob | undefined;
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

function connect({ folder, image }: DatabaseOptions): Promise<PGlite> {
  return PGlite.create({
    ...(folder === undefined ? {} : { dataDir: folder }),
    ...(image === undefined ? {} : { loadDataDir: image }),
  });
}

export async function openDatabase(options: DatabaseOptions = {}): Promise<Database> {
  const connection = await connect(options);
  acceptTextParameters(connection);
  return {
    ...queryable(connection),
    transaction: (work) => connection.transaction((transaction) => work(queryable(transaction))),
    close: () => connection.close(),
  };
}

/** A database made by these statements, packed. */
export async function dumpImage(statements: readonly string[]): Promise<Blob> {
  const connection = await PGlite.create();
  for (const statement of statements) await connection.exec(statement);
  // without it the image would be mostly log, to be replayed at each start
  await connection.exec("checkpoint");
  const image = await connection.dumpDataDir("gzip");
  await connection.close();
  return image;
}
