import type { Database } from "../../database/database.ts";
import { readComputedRelationships } from "./computed-relationships.ts";
import { readForeignKeys } from "./foreign-keys.ts";
import { deriveRelationships } from "./relationships.ts";
import { readRoutines } from "./routines.ts";
import { readTables } from "./tables.ts";
import { type Catalog, isSameName, type QualifiedName, type Relationship } from "./types.ts";
import { withViewKeys, withViewPrimaryKeys } from "./view-keys.ts";
import { readViewOrigins } from "./views.ts";

/** What the requests can name: read once, and again when the schema has changed. */
export async function readCatalog(database: Database, schemas: readonly string[]): Promise<Catalog> {
  return database.transaction(async (transaction) => {
    // Without a search path every type and sequence comes with its schema.
    await transaction.exec("set local search_path = ''");
    const origins = await readViewOrigins(transaction);
    const allTables = withViewPrimaryKeys(await readTables(transaction), origins);
    const keys = withViewKeys(await readForeignKeys(transaction), origins);
    const computed = await readComputedRelationships(transaction);
    const routines = await readRoutines(transaction, schemas);
    const isExposed = ({ schema }: QualifiedName): boolean => schemas.includes(schema);
    const isReachable = (relationship: Relationship): boolean =>
      isExposed(relationship.table) &&
      isExposed(relationship.foreignTable) &&
      (relationship.kind === "computed" ||
        relationship.cardinality.kind !== "many-to-many" ||
        isExposed(relationship.cardinality.junction));
    const derived = deriveRelationships(keys, allTables).filter(
      // A function takes the place of the keys to the table that has its name.
      (key) =>
        !computed.some((other) => isSameName(other.table, key.table) && isSameName(other.function, key.foreignTable)),
    );
    return {
      tables: allTables.filter(isExposed),
      relationships: [...computed, ...derived].filter(isReachable),
      relatedTables: [...computed, ...derived]
        .filter(({ table, foreignTable }) => isExposed(table) && table.schema === foreignTable.schema)
        .map(({ table }) => table),
      routines,
    };
  });
}
