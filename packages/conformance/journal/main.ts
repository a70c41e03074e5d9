// `pnpm conformance:journal [file]`: runs all cases in this Node against an emulator, with the packages as they are built, and
// writes what each of them sent, so that `diff` shows what a change of the SDK changed of it.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmulator } from "@flowith-webapi/emulator";
import { selectedCases } from "../runners/selected-cases.ts";
import { recordCases } from "./record-cases.ts";
import { recordLines } from "./record-lines.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
// pnpm hands its own `--` over as well.
const [file = resolve(root, ".test-results/journal.jsonl")] = process.argv.slice(2).filter((arg) => arg !== "--");

await using emulator = await startEmulator({ replay: false });
const { port } = new URL(emulator.url);
const addresses = { emulator: emulator.url, files: `http://localhost:${port}` };
const lines = await recordLines(await recordCases(emulator, selectedCases), addresses);
await mkdir(dirname(file), { recursive: true });
await writeFile(file, `${lines.join("\n")}\n`);
process.stdout.write(`${lines.length} lines of ${selectedCases.length} cases: ${file}\n`);
