/** Writes packages/sdk/MIGRATING.md from the counterparts: node write-migrating.ts */
import { writeFile } from "node:fs/promises";
import { renderGuide } from "../migrating/render.ts";

await writeFile(new URL("../../../sdk/MIGRATING.md", import.meta.url), renderGuide());
