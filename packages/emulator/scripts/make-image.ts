// Part of the build: packs an empty database with Flowith's schema into dist, so that a start need not make one.
import { writeFile } from "node:fs/promises";
import { dumpImage } from "../src/database/database.ts";
import { imageName } from "../src/database/database-image.ts";
import { schemaSource, schemaSql } from "../src/database/schema-source.ts";

const source = schemaSource(undefined, false);
const image = await dumpImage(schemaSql(source));
const file = new URL(`../dist/${imageName(source.hash)}`, import.meta.url);
await writeFile(file, new Uint8Array(await image.arrayBuffer()));
