// Compares packages/docs/runtimes.md with the table of the last full run, or writes it: `node runtimes-page.ts [--write]`.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { renderTable, tableFromJson } from "./runtime-table.ts";

const PAGE = new URL("../../docs/runtimes.md", import.meta.url);
/** What the two tiers of tests have counted, each of other runtimes. */
const TABLES = ["first", "deep"].map(
  (tier) => new URL(`../../../.test-results/runtimes-${tier}.json`, import.meta.url),
);

const intro = `# Runtimes

One set of cases, run against the emulator in each runtime by \`npm test\`, in other versions of Node by \`npm run test:deep\`. ✓: all
cases of the subject held. –: not all of them were run. This page is written by \`pnpm runtimes\`; what a case is stands in
[packages/conformance](../conformance/README.md).
`;

if (!TABLES.every((table) => existsSync(table))) {
  process.stderr.write("There is no table of a run of all cases: run `pnpm runtimes`.\n");
  process.exitCode = 1;
} else {
  const runtimes = TABLES.flatMap((table) => [...tableFromJson(readFileSync(table, "utf8"))]);
  const page = `${intro}\n${renderTable(new Map(runtimes))}`;
  if (process.argv.includes("--write")) {
    writeFileSync(PAGE, page);
  } else if (!existsSync(PAGE) || withoutAlignment(readFileSync(PAGE, "utf8")) !== withoutAlignment(page)) {
    process.stderr.write(
      "packages/docs/runtimes.md shows another table than the last full run gave: run `pnpm runtimes` and commit it.\n",
    );
    process.exitCode = 1;
  }
}

/** The formatter aligns the columns of a table. */
function withoutAlignment(text: string): string {
  return text.replaceAll(/-{3,}/g, "---").replaceAll(/\s+/g, " ");
}
