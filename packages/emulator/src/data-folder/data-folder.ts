import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { JWK } from "jose";
import * as v from "valibot";
import type { SchemaSource } from "../database/schema-source.ts";
import { messageOf, systemCode } from "../message-of.ts";
import { type TableSnapshot, tableSnapshotSchema } from "../snapshot/table-snapshot.ts";
import { type FolderLock, lockFolder } from "./folder-lock.ts";
import { writeWhole } from "./write-whole.ts";

/** What a folder says of itself. It is written last, so a folder without it holds nothing that anybody was promised. */
export interface FolderContent {
  format: 1;
  /** Major version of the Postgres that wrote the database. */
  postgres: string;
  source: SchemaSource;
  /** Rows as the schema alone left them: where a reset goes back to. */
  baseline: TableSnapshot;
}

/** A folder that keeps an emulator's data, held by this process. */
export interface DataFolder {
  lock: FolderLock;
  databasePath: string;
  filesPath: string;
  /** undefined for a new folder, and for one whose first start was cut short */
  content: FolderContent | undefined;
  setContent(content: FolderContent): void;
  signingKey: JWK | undefined;
  keepSigningKey(key: JWK): void;
  /**
   * Begins a first start: takes away what one has left that was cut short, and marks the folder until there is content.
   * @throws Error when there is a database that no first start has left
   */
  begin(): void;
}

const contentSchema: v.GenericSchema<unknown, FolderContent> = v.object({
  format: v.literal(1),
  postgres: v.string(),
  source: v.variant("kind", [
    v.object({ kind: v.literal("flowith"), hash: v.string(), seed: v.union([v.boolean(), v.string()]) }),
    v.object({
      kind: v.literal("custom"),
      hash: v.string(),
      sql: v.string(),
      seed: v.union([v.boolean(), v.string()]),
    }),
  ]),
  baseline: tableSnapshotSchema,
});

const jwkSchema: v.GenericSchema<unknown, JWK> = v.record(v.string(), v.unknown());

const own = /^(lock\.\d+|lock-draft\..*|.*\.draft|emulator\.json|signing-key\.json|first-start|database|files)$/;

function readJson<T>(path: string, schema: v.GenericSchema<unknown, T>): T | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw new Error(`Cannot read ${path}: ${messageOf(error)}.`, { cause: error });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is damaged: it holds no JSON. Choose another folder.`, { cause: error });
  }
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  throw new Error(`${path} was not written by this version of the emulator. Choose another folder.`);
}

/** Node's own `recursive` never ends where a system says that a folder is not there and cannot be made, as `/proc` does. */
function makeFolders(folder: string): void {
  const above = dirname(folder);
  if (!existsSync(above)) makeFolders(above);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Systems say other things of what is there, as where the disk can only be read.
    if (!existsSync(folder) || !statSync(folder).isDirectory()) throw error;
  }
}

function makeFolder(folder: string): void {
  try {
    makeFolders(folder);
  } catch (error) {
    throw new Error(`The data folder ${folder} cannot be made: ${messageOf(error)}.`, { cause: error });
  }
}

/**
 * @throws FolderInUseError when another process has it
 * @throws Error when it holds anything but an emulator's data
 */
export function openDataFolder(folder: string): DataFolder {
  makeFolder(folder);
  const foreign = readdirSync(folder).find((name) => !own.test(name));
  if (foreign !== undefined) {
    throw new Error(
      `${folder} is not a data folder of the emulator: it holds ${foreign}. Choose an empty or a new one.`,
    );
  }
  const lock = lockFolder(folder);
  try {
    const contentPath = join(folder, "emulator.json");
    const keyPath = join(folder, "signing-key.json");
    const firstStartPath = join(folder, "first-start");
    const databasePath = join(folder, "database");
    const filesPath = join(folder, "files");
    for (const name of readdirSync(folder)) if (name.endsWith(".draft")) rmSync(join(folder, name), { force: true });
    return {
      lock,
      databasePath,
      filesPath,
      content: readJson(contentPath, contentSchema),
      setContent(content) {
        writeWhole(contentPath, JSON.stringify(content));
        rmSync(firstStartPath, { force: true });
      },
      signingKey: readJson(keyPath, jwkSchema),
      keepSigningKey: (key) => writeWhole(keyPath, JSON.stringify(key)),
      begin() {
        if (existsSync(databasePath) && !existsSync(firstStartPath)) {
          throw new Error(
            `${folder} has a database, but no emulator.json that says what is in it. Put that file back, or choose another folder.`,
          );
        }
        writeWhole(firstStartPath, "");
        rmSync(databasePath, { recursive: true, force: true });
        rmSync(filesPath, { recursive: true, force: true });
        mkdirSync(databasePath, { mode: 0o700 });
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
