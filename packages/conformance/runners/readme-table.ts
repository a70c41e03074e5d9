// Compares the table of the root README with that of the last full run, or writes it there: `node readme-table.ts [--write]`.
import { readFileSync, writeFileSync } from "node:fs";

const README = new URL("../../../README.md", import.meta.url);
const TABLE = new URL("../../../.test-results/runtimes.md", import.meta.url);
const [BEGIN, END] = ["<!-- runtimes -->\n", "<!-- /runtimes -->"];

const readme = readFileSync(README, "utf8");
const start = readme.indexOf(BEGIN);
const end = readme.indexOf(END);
if (start === -1 || end < start) throw new Error(`README.md lacks ${BEGIN.trim()} or ${END}`);
const written = `${readme.slice(0, start)}${BEGIN}\n${readFileSync(TABLE, "utf8")}\n${readme.slice(end)}`;

if (process.argv.includes("--write")) {
  writeFileSync(README, written);
} else if (withoutAlignment(readme) !== withoutAlignment(written)) {
  process.stderr.write(
    "README.md shows another table than the last full run gave: run `pnpm runtimes` and commit it.\n",
  );
  process.exitCode = 1;
}

/** The formatter aligns the columns of a table. */
function withoutAlignment(text: string): string {
  return text.replaceAll(/-{3,}/g, "---").replaceAll(/\s+/g, " ");
}
