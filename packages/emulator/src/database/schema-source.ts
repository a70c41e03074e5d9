import { createHash } from "node:crypto";
import { edgeSchema } from "../edge/edge-schema.ts";
import { authSchema } from "../gotrue/schema.ts";
import { flowithSchema } from "./flowith-schema.ts";

/** `true`: what the emulator brings along; `false`: nothing; a text: SQL to be run. */
export type Seed = boolean | string;

/** What the tables of an emulator are made of. */
export type SchemaSource =
  | { kind: "flowith"; hash: string; seed: Seed }
  | { kind: "custom"; hash: string; sql: string; seed: Seed };

/** Its hash tells data of one version of the emulator from those of another. */
export const flowithSql: readonly string[] = [authSchema, flowithSchema, edgeSchema];

function hashOf(statements: readonly string[]): string {
  const hash = createHash("sha256");
  for (const statement of statements) hash.update(statement).update("\0");
  return hash.digest("hex").slice(0, 16);
}

/** @param schema SQL that takes the place of Flowith's */
export function schemaSource(schema: string | undefined, seed: Seed): SchemaSource {
  if (schema === undefined) return { kind: "flowith", hash: hashOf(flowithSql), seed };
  return { kind: "custom", hash: hashOf([authSchema, schema]), sql: schema, seed };
}
