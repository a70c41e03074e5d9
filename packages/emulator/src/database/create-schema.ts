import { edgeSchema } from "../edge/edge-schema.ts";
import { authSchema } from "../gotrue/schema.ts";
import type { Database } from "./database.ts";
import { projectRoles, withoutProjectRoles } from "./project-roles.ts";
import { flowithSql, type SchemaSource } from "./schema-source.ts";

const duplicateObject = "42710";

function isRoleTaken(error: unknown): boolean {
  if (!(error instanceof Error && "code" in error)) return false;
  return error.code === duplicateObject && /role "(anon|authenticated|service_role)"/.test(error.message);
}

async function createCustom(database: Database, sql: string): Promise<void> {
  await database.exec(authSchema);
  await database.exec(projectRoles);
  try {
    await database.exec(sql);
  } catch (error) {
    if (!isRoleTaken(error)) throw error;
    // the statements of one exec are one transaction, so nothing of the schema is there yet
    await database.exec(withoutProjectRoles);
    await database.exec(sql);
  }
  await database.exec(edgeSchema);
}

/** Makes the tables of an empty database. */
export async function createSchema(database: Database, source: SchemaSource): Promise<void> {
  if (source.kind === "flowith") {
    for (const statements of flowithSql) await database.exec(statements);
    return;
  }
  try {
    await createCustom(database, source.sql);
  } catch (error) {
    throw new Error(`The schema does not load: ${String(error)}`, { cause: error });
  }
}
