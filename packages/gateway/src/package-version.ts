import { readFileSync } from "node:fs";
import * as v from "valibot";

const manifest = v.object({ version: v.string() });

/** This file lies one folder below the package's manifest, as source and where it is built. */
export function packageVersion(): string {
  return v.parse(manifest, JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"))).version;
}
