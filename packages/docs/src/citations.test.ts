import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { citations } from "./citations.ts";
import { repositoryTree } from "./source-tree.ts";

/** A citation that the search through this repository, this file included, is not to find. */
const wire = (sections: string): string => ["wire", sections].join(" ");

const WIRE = "# The wire\n\n## 1. Hosts\n\n## 2. Generation\n\n### 2.1 One job (P)\n";

/** What is broken in these files, as `file:line: what`, beside a wire document of the sections 1, 2 and 2.1. */
function brokenIn(files: Record<string, string>): string[] {
  const all: Record<string, string> = { "packages/docs/wire.md": WIRE, ...files };
  return broken({ paths: Object.keys(all), read: (path) => all[path] ?? "" });
}

function broken(tree: Parameters<typeof citations>[0]): string[] {
  return citations(tree).flatMap(({ file, line, what, isBroken }) => (isBroken ? [`${file}:${line}: ${what}`] : []));
}

describe("this repository", () => {
  const tree = repositoryTree(fileURLToPath(new URL("../../..", import.meta.url)));

  it("cites nothing that is not there", () => {
    expect(broken(tree)).toEqual([]);
  });

  it("is searched where its citations are", () => {
    const found = citations(tree);
    const inSources = found.filter(({ file, what }) => /^packages\/core\/src\//.test(file) && /^wire \d/.test(what));
    expect(inSources.length).toBeGreaterThan(20);
    expect(found.map(({ what }) => what)).toContain("decisions/billed-post.md");
    expect(found).toContainEqual(expect.objectContaining({ file: "CONTRIBUTING.md", what: "packages/docs/wire.md" }));
  });
});

describe("a citation of the wire document", () => {
  it.each(["1", "2.1", "1, 2 and 2.1", "1 to 2.1"])("that names section %s leads somewhere", (sections) => {
    expect(brokenIn({ "packages/core/src/a.ts": `// The host (${wire(sections)}).` })).toEqual([]);
  });

  it("is broken where there is no such section, in whatever language", () => {
    expect(
      brokenIn({
        "packages/core/src/a.ts": `const a = 1;\n/** (${wire("2.2")}) */`,
        "packages/emulator/schema.sql": `-- (${wire("3")})`,
        "packages/emulator/python/a.py": `# (${wire("1.1")})`,
        "scripts/a.js": `// (${wire("21")})`,
        "README.md": `See ${wire("9")}.`,
      }),
    ).toEqual([
      `packages/core/src/a.ts:2: ${wire("2.2")}`,
      `packages/emulator/schema.sql:1: ${wire("3")}`,
      `packages/emulator/python/a.py:1: ${wire("1.1")}`,
      `scripts/a.js:1: ${wire("21")}`,
      `README.md:1: ${wire("9")}`,
    ]);
  });

  it("is broken by one section of a list", () => {
    expect(brokenIn({ "packages/core/src/a.ts": `// Rows (${wire("2.1, 3.1, 1")}).` })).toEqual([
      `packages/core/src/a.ts:1: ${wire("3.1")}`,
    ]);
  });

  it.each([
    ["lines", "// The row is asked (wire\n// 7.7)."],
    ["a block", "/**\n * The row is asked (wire\n * 7.7).\n */"],
    ["a block, in a list", "/**\n * The row is asked (wire 1,\n * 7.7).\n */"],
  ])("is found where a comment of %s wraps", (_kind, text) => {
    expect(brokenIn({ "packages/core/src/a.ts": text })).toEqual([
      expect.stringMatching(/^packages\/core\/src\/a\.ts:[12]: wire 7\.7$/),
    ]);
  });
});

describe("a citation of a decision", () => {
  it("is broken where there is no such page", () => {
    const page = "packages/docs/decisions/one-suite.md";
    const cites = (name: string): string => `// Why: ${["decisions", name].join("/")}`;
    expect(
      brokenIn({
        [page]: "# One suite\n",
        "packages/core/src/a.ts": cites("one-suite.md"),
        "packages/core/src/b.ts": cites("two-suites.md"),
      }),
    ).toEqual([`packages/core/src/b.ts:1: ${["decisions", "two-suites.md"].join("/")}`]);
  });
});

describe("a path of code in the documentation", () => {
  it("is broken where there is neither file nor folder", () => {
    expect(
      brokenIn({
        "packages/core/src/a.ts": "",
        "packages/docs/page.md":
          "`packages/core/src/a.ts`, `packages/core/src`,\n`packages/core/src/b.ts`, `packages/co`",
      }),
    ).toEqual(["packages/docs/page.md:2: packages/core/src/b.ts", "packages/docs/page.md:2: packages/co"]);
  });
});

describe("a link between pages", () => {
  const links = (...targets: string[]): string => targets.map((target) => `[see](${target})`).join("\n");

  it("leads to a file, a folder, or a heading as GitHub names it", () => {
    expect(
      brokenIn({
        "packages/docs/page.md": `# What's *here*, now?\n\n## Twice\n\n## Twice\n${links("#whats-here-now", "#twice-1")}`,
        "CONTRIBUTING.md": links(
          "packages/docs",
          "packages/docs/wire.md#21-one-job-p",
          "./packages/docs/wire.md",
          "https://example.com/packages/gone.md",
        ),
      }),
    ).toEqual([]);
  });

  it("is broken where the file or the heading is not there", () => {
    expect(
      brokenIn({
        "packages/docs/page.md": `# Here\n${links("gone.md", "wire.md#3-events", "#there", "../../README.md")}`,
        "packages/core/README.md": "The [wire][1].\n\n[1]: ../docs/wires.md",
      }),
    ).toEqual([
      "packages/docs/page.md:2: gone.md",
      "packages/docs/page.md:3: wire.md#3-events",
      "packages/docs/page.md:4: #there",
      "packages/docs/page.md:5: ../../README.md",
      "packages/core/README.md:3: ../docs/wires.md",
    ]);
  });

  it("is none in code", () => {
    const page = "Code: `[a](gone.md)`.\n\n```md\n# No heading\n[a](gone.md)\n```\n\n[a](#no-heading)";
    expect(brokenIn({ "packages/docs/page.md": page })).toEqual(["packages/docs/page.md:8: #no-heading"]);
  });
});
