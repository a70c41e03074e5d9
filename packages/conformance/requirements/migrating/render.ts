import { counterparts } from "../counterparts/index.ts";
import { type InventoryEntry, inventory } from "../inventory.ts";
import { improvements } from "./improvements.ts";
import { type Section, sections } from "./sections.ts";

const entries = inventory();

/** The entries of a section: each thing that it names, with what belongs to it. */
export function entriesOf({ of }: Pick<Section, "of">): InventoryEntry[] {
  return of.flatMap((name) =>
    entries.filter(({ id, kind }) => {
      // The client's methods stand in the sections that they are about.
      if (name === "FlowithClient") return id === name || id.startsWith(`${name}(`);
      return (
        id === name ||
        id.startsWith(`${name}(`) ||
        (kind !== "method" || !name.includes(".") ? id.startsWith(`${name}.`) : false)
      );
    }),
  );
}

/** packages/sdk/MIGRATING.md, whole. */
export function renderGuide(): string {
  return [
    "# From the Python client",
    "",
    "For those who know `flowith_webapi` 1.0.1 (PyPI). Names are the same in camelCase, grouped by what they are about; fields too, and",
    "`metadata` is `raw`. Times are in ms, and what the service leaves out is `null` or `undefined` here, where it is an empty text",
    "or 0 there. The tables are written from the data that the tests run on: `packages/conformance/requirements`.",
    "",
    "## What is better",
    "",
    "Each by a test, whose name stands behind it.",
    "",
    ...improvements.map(({ claim, proof }) => `- ${claim} *(${proof})*`),
    "",
    ...sections.flatMap(renderSection),
  ].join("\n");
}

function renderSection(section: Section): string[] {
  return [
    `## ${section.title}`,
    "",
    "```python",
    section.python,
    "```",
    "",
    "```ts",
    section.typescript,
    "```",
    "",
    "| there | here | |",
    "| --- | --- | --- |",
    ...entriesOf(section).map(renderRow),
    "",
  ];
}

function renderRow(entry: InventoryEntry): string {
  const { here = null, note = "" } = counterparts[entry.id] ?? {};
  const there =
    entry.signature === undefined || entry.kind === "method" ? code(shortName(entry)) : code(parameter(entry));
  return `| ${there} | ${here === null ? "–" : code(here)} | ${note.replaceAll("|", "\\|")} |`;
}

function shortName({ id, kind }: InventoryEntry): string {
  const name = id.replace(/^FlowithClient\./, "");
  return kind === "method" || kind === "function" ? `${name}()` : name;
}

/** `timeout=None`, behind the name of its function. */
function parameter({ id, signature = "" }: InventoryEntry): string {
  const python = signature.replace("=null", "=None").replace("=true", "=True").replace("=false", "=False");
  return `${id.replace(/^FlowithClient\./, "").replace(/\(.*$/, "")}(${python})`;
}

function code(text: string): string {
  return `\`${text}\``;
}
