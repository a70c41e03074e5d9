// Part of the build: packs an empty database, and one with Flowith's tables, into dist, so that a start need not make them.
import { writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { packDatabase } from "../src/database/database.ts";
import { imageName } from "../src/database/database-image.ts";
import { flowithSql, schemaSource } from "../src/database/schema-source.ts";
import { takeSnapshot } from "../src/snapshot/table-snapshot.ts";

const path = (...of: Parameters<typeof imageName>) => new URL(`../dist/${imageName(...of)}`, import.meta.url);

const images = { empty: [], [schemaSource(undefined, false).hash]: flowithSql };
for (const [content, statements] of Object.entries(images)) {
  const { tar, found } = await packDatabase(statements, takeSnapshot);
  await writeFile(path(content, "tar.gz"), await promisify(gzip)(await tar.arrayBuffer(), { level: 9 }));
  await writeFile(path(content, "json"), JSON.stringify(found));
}
