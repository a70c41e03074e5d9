// Part of the build: packs an empty database, and one with Flowith's tables, into dist, so that a start need not make them.
import { writeFile } from "node:fs/promises";
import { packDatabase } from "../src/database/database.ts";
import { imageName } from "../src/database/database-image.ts";
import { flowithSql, schemaSource } from "../src/database/schema-source.ts";

const images = { empty: [], [schemaSource(undefined, false).hash]: flowithSql };
for (const [content, statements] of Object.entries(images)) {
  const image = await packDatabase(statements);
  await writeFile(new URL(`../dist/${imageName(content)}`, import.meta.url), new Uint8Array(await image.arrayBuffer()));
}
