import { existsSync } from "node:fs";
import { join } from "node:path";
import type { JWK } from "jose";
import { openDataFolder } from "./data-folder/data-folder.ts";
import { createSchema } from "./database/create-schema.ts";
import { createDatabase, type Database, openDatabase, unpackDatabase } from "./database/database.ts";
import { readImage } from "./database/database-image.ts";
import { diskProblem } from "./database/disk-room.ts";
import { type SchemaSource, type Seed, schemaSource } from "./database/schema-source.ts";
import type { FileShelf } from "./files/file-store.ts";
import { createFolderShelf } from "./files/folder-shelf.ts";
import { createSigningKey, generateSigningKey, type SigningKey } from "./keys/signing-key.ts";
import { messageOf } from "./message-of.ts";
import { imageRows } from "./snapshot/baseline.ts";
import { type TableSnapshot, takeSnapshot } from "./snapshot/table-snapshot.ts";

export interface StorageOptions {
  dataDir?: string | undefined;
  schema?: string | undefined;
  seed?: Seed | undefined;
  signingKey?: JWK | undefined;
}

/** Where rows, files and the signing key are kept: in memory, or in a folder that outlives the process. */
export interface Storage {
  database: Database;
  key: SigningKey;
  shelf: FileShelf;
  source: SchemaSource;
  /** Rows as the schema alone left them. */
  baseline: TableSnapshot;
  /** Nothing was seeded yet. */
  isNew: boolean;
  /** Where the data were served the last time. */
  previousUrl: string | undefined;
  /** To be called once the seed is in: from then on the data are kept. */
  keep(): void;
  announce(url: string): void;
  close(): Promise<void>;
}

type NewTables = Pick<Storage, "database" | "baseline">;

async function createTables(source: SchemaSource, folder?: string): Promise<NewTables> {
  const image = source.kind === "flowith" ? await readImage(source.hash) : undefined;
  const unpacked = await unpackDatabase(image, folder);
  if (unpacked !== undefined) return { database: unpacked, baseline: await imageRows(unpacked, source.hash) };
  const database = await createDatabase(folder);
  try {
    await createSchema(database, source);
    return { database, baseline: await takeSnapshot(database) };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function memoryStorage(options: StorageOptions): Promise<Storage> {
  const source = schemaSource(options.schema, options.seed ?? true);
  const [tables, key] = await Promise.all([createTables(source), createSigningKey(options.signingKey)]);
  const { database } = tables;
  return {
    ...tables,
    key,
    shelf: new Map(),
    source,
    isNew: true,
    previousUrl: undefined,
    keep() {},
    announce() {},
    close: () => database.close(),
  };
}

/** What a folder that holds data serves. */
function sourceOf(found: SchemaSource, { schema, seed }: StorageOptions, dataDir: string): SchemaSource {
  const asked = schemaSource(schema, seed ?? found.seed);
  if (schema !== undefined && asked.hash !== found.hash) {
    throw new Error(`${dataDir} was made with another schema. Leave the schema out, or choose another folder.`);
  }
  if (found.kind === "flowith" && asked.hash !== found.hash) {
    const way = "Export it with that version and import it here.";
    throw new Error(`${dataDir} was made by another version of the emulator. ${way}`);
  }
  return { ...found, seed: seed ?? found.seed };
}

/** For a database that could not be made. */
function notMade(path: string): (cause: unknown) => never {
  return (cause) => {
    const reason = diskProblem(path);
    throw reason === undefined ? cause : new Error(`No database can be made: ${reason}.`, { cause });
  };
}

async function openKept(path: string): Promise<Database> {
  // without one, an empty database would be made in its place
  if (!existsSync(join(path, "PG_VERSION"))) throw new Error(`There is no database in ${path} any more.`);
  try {
    return await openDatabase(path);
  } catch (cause) {
    const reason = diskProblem(path) ?? `it is damaged (${messageOf(cause)})`;
    throw new Error(`The database in ${path} cannot be opened: ${reason}.`, { cause });
  }
}

async function folderStorage(options: StorageOptions, dataDir: string): Promise<Storage> {
  const folder = openDataFolder(dataDir);
  let database: Database | undefined;
  try {
    const { content, databasePath } = folder;
    const source =
      content === undefined
        ? schemaSource(options.schema, options.seed ?? true)
        : sourceOf(content.source, options, dataDir);
    if (content === undefined) folder.begin();
    const jwk = options.signingKey ?? folder.signingKey ?? (await generateSigningKey());
    const key = await createSigningKey(jwk).catch((cause: unknown) => {
      if (jwk !== folder.signingKey) throw cause;
      throw new Error(`${dataDir} has a signing key that is damaged. Choose another folder.`, { cause });
    });
    // only what the emulator made itself is kept: a key that was handed in comes again
    if (options.signingKey === undefined && folder.signingKey === undefined) folder.keepSigningKey(jwk);
    const tables: NewTables =
      content === undefined
        ? await createTables(source, databasePath).catch(notMade(databasePath))
        : { database: await openKept(databasePath), baseline: content.baseline };
    const { baseline, database: opened } = tables;
    database = opened;
    const { rows } = await opened.query<{ major: string }>("select split_part(version(), ' ', 2) as major");
    const postgres = rows[0]?.major ?? "";
    return {
      database,
      key,
      shelf: createFolderShelf(folder.filesPath),
      source,
      baseline,
      isNew: content === undefined,
      previousUrl: folder.lock.previous?.url ?? undefined,
      keep: () => folder.setContent({ format: 1, postgres, source, baseline }),
      announce: folder.lock.announce,
      async close() {
        // what is in the data files needs no replay at the next start
        await opened.exec("checkpoint").catch(() => {});
        await opened.close();
        folder.lock.release();
      },
    };
  } catch (error) {
    await database?.close();
    folder.lock.release();
    throw error;
  }
}

export function openStorage(options: StorageOptions): Promise<Storage> {
  return options.dataDir === undefined ? memoryStorage(options) : folderStorage(options, options.dataDir);
}
