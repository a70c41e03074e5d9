import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const packages = fileURLToPath(new URL("../../", import.meta.url));

const entries = [
  "core/dist/index.js",
  "core/dist/http.js",
  "supabase/dist/index.js",
  "sdk/dist/supabase.js",
  ...["fetch", "browser", "worker"].map((runtime) => `sdk/dist/${runtime}.js`),
];
const targets: Record<string, BuildOptions> = {
  browser: { platform: "browser" },
  workerd: { platform: "neutral", mainFields: ["module", "main"], conditions: ["workerd", "worker", "import"] },
};

/** It looks for Node by `globals.process`, and does without. */
const NOT_OURS = /node_modules\/@supabase\//;

describe.each(entries)("the built %s", (entry) => {
  it.each(Object.entries(targets))("is bundled for %s without a Node builtin in its graph", async (_name, target) => {
    const result = await build({
      entryPoints: [join(packages, entry)],
      bundle: true,
      write: false,
      metafile: true,
      format: "esm",
      logLevel: "silent",
      ...target,
    });
    const imports = Object.values(result.metafile?.inputs ?? {}).flatMap((input) =>
      input.imports.map(({ path, original }) => original ?? path),
    );
    expect(imports.length).toBeGreaterThan(0);
    expect(imports.filter((path) => path.startsWith("node:") || builtinModules.includes(path))).toEqual([]);
    expect(result.outputFiles).toHaveLength(1);
  });

  // Next's Edge runtime refuses to build what names them, asked for or not.
  it("names nothing of Node in all that a page would load with it", async () => {
    const { metafile } = await build({
      ...targets.browser,
      entryPoints: [join(packages, entry)],
      absWorkingDir: packages,
      bundle: true,
      write: false,
      metafile: true,
      format: "esm",
    });
    const files = Object.keys(metafile.inputs).filter((path) => !NOT_OURS.test(path));
    expect(files.length).toBeGreaterThan(1);
    const found = files.map((path) => [path, namesOfNode(path, readFileSync(join(packages, path), "utf8"))]);
    expect(found.filter(([, names]) => names?.length !== 0)).toEqual([]);
  });
});

describe.each(["fetch", "browser", "worker"])("the main entry %s.js, split", (runtime) => {
  it("holds nothing of supabase-js but what asks for rows, and loads sign-in when it is needed", async () => {
    const { metafile } = await build({
      entryPoints: [join(packages, `sdk/dist/${runtime}.js`)],
      bundle: true,
      splitting: true,
      write: false,
      outdir: "out",
      metafile: true,
      format: "esm",
      logLevel: "silent",
    });
    const outputs = Object.values(metafile.outputs);
    const supabasePackages = (output: (typeof outputs)[number] | undefined): string[] => {
      const names = Object.keys(output?.inputs ?? {}).map((path) => /.*\/@supabase\/([\w-]+)\//.exec(path)?.[1] ?? "");
      return [...new Set(names)].filter((name) => name !== "");
    };
    const entry = outputs.find(({ entryPoint }) => entryPoint?.endsWith(`${runtime}.js`));
    expect(supabasePackages(entry)).toEqual(["postgrest-js"]);
    expect(entry?.imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => path)).toEqual([]);
    expect([...new Set(outputs.flatMap(supabasePackages))].sort()).toEqual(["auth-js", "postgrest-js"]);
  });
});

it.each(["core/dist", "supabase/dist", "sdk/dist", "emulator/dist"])("the CommonJS in %s has no import()", (folder) => {
  const files = readdirSync(join(packages, folder)).filter((name) => name.endsWith(".cjs"));
  expect(files).not.toEqual([]);
  // Jest's default mode and older loaders know none.
  const importing = files.filter((name) => /\bimport\(["'`]/.test(readFileSync(join(packages, folder, name), "utf8")));
  expect(importing).toEqual([]);
});

it.each([
  ["browser", "browser", targets.browser],
  ["workerd", "worker", targets.workerd],
  ["Deno", "deno", { platform: "neutral", conditions: ["deno", "node", "import"], mainFields: ["module", "main"] }],
  ["Bun", "node", { platform: "neutral", conditions: ["bun", "browser", "import"], mainFields: ["module", "main"] }],
  ["Node", "node", { platform: "node" }],
  ["any runtime", "fetch", { platform: "neutral", conditions: ["import"], mainFields: ["module", "main"] }],
] satisfies [string, string, BuildOptions | undefined][])("the main entry for %s is %s.js", async (_, name, target) => {
  const result = await build({
    stdin: { contents: 'export { Flowith } from "flowith-webapi"', resolveDir: join(packages, "conformance") },
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    logLevel: "silent",
    external: ["node:*"],
    ...target,
  });
  const ours = Object.keys(result.metafile?.inputs ?? {}).filter((path) => /sdk\/dist\//.test(path));
  expect(ours).toEqual([expect.stringContaining(`sdk/dist/${name}.js`)]);
});

const NODE_NAMES = ["process", "Buffer", "require", "getBuiltinModule", "__dirname"];

const ofNode = /^((developer\/)?node\.ts|disk\/|stores\/file\/)/;

describe.each(["core/src", "supabase/src", "sdk/src"])("the sources in %s", (folder) => {
  const files = readdirSync(join(packages, folder), { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && !ofNode.test(name),
  );

  it.each(files)("%s uses nothing of Node", (name) => {
    const text = readFileSync(join(packages, folder, name), "utf8");
    expect(namesOfNode(name, text)).toEqual([]);
  });
});

/** What a script names that Node alone has. A property of that name counts too: `globalThis.process` is Node's as well. */
function namesOfNode(name: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && NODE_NAMES.includes(node.text)) found.push(node.text);
    if (ts.isStringLiteral(node) && node.text.startsWith("node:")) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true));
  return found;
}
