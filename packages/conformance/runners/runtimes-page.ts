// Compares packages/docs/runtimes.md with the table of the last full run, or writes it: `node runtimes-page.ts [--write]`.
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const PAGE = new URL("../../docs/runtimes.md", import.meta.url);
const TABLE = new URL("../../../.test-results/runtimes.md", import.meta.url);

const intro = `# Runtimes

One set of cases, run against the emulator in each runtime by \`npm test\`. ✓: all cases of the subject held. –: not all of them were run.
This page is written by \`pnpm runtimes\`; what a case is stands in [packages/conformance](../conformance/README.md).
`;

if (!existsSync(TABLE)) {
  process.stderr.write("There is no table of a run of all cases: run `pnpm runtimes`.\n");
  process.exitCode = 1;
} else {
  const page = `${intro}\n${readFileSync(TABLE, "utf8")}`;
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
