// Prints which source files and functions run for three paths through the SDK, against the emulator.
// `pnpm path-files [--path generateStream] [--json]`, after a build; what stands in dist is measured.
import { parseArgs } from "node:util";
import { startEmulator } from "../packages/emulator/dist/index.js";
import { FunctionCoverage } from "./path-files/function-coverage.ts";
import { DEFINITIONS, type PathReport, pathReport, renderPath } from "./path-files/path-report.ts";
import { PATHS } from "./path-files/paths.ts";

const { values } = parseArgs({
  options: { path: { type: "string", multiple: true }, json: { type: "boolean", default: false } },
});
const names = values.path ?? Object.keys(PATHS);
const unknown = names.find((name) => !Object.hasOwn(PATHS, name));
if (unknown !== undefined) {
  console.error(`There is no path "${unknown}", but: ${Object.keys(PATHS).join(", ")}.`);
  process.exit(2);
}

const coverage = await FunctionCoverage.start();
const entry = new URL("../packages/sdk/dist/node.js", import.meta.url).href;
const { Flowith }: typeof import("../packages/sdk/dist/index.js") = await import(entry);
await using emulator = await startEmulator();

const reports: PathReport[] = [];
for (const [name, { what, run }] of Object.entries(PATHS)) {
  if (names.includes(name)) reports.push(pathReport(name, what, await run({ coverage, emulator, Flowith })));
}
if (values.json) console.log(JSON.stringify(reports, undefined, 2));
else console.log(DEFINITIONS + reports.map(renderPath).join(""));
