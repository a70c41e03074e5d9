import ts from "typescript";
import type { Documented } from "./doc-comments.ts";

/** An example as a module of its own: `export default` runs it with `this` and the scope of the prelude. */
export interface ExampleModule {
  id: string;
  fileName: string;
  code: string;
}

const IMPORT = /^import .*;$/gm;

/** @param folder where the modules stand, beside nothing else */
export function exampleModules(
  documented: readonly Pick<Documented, "id" | "examples">[],
  folder: string,
  prelude: string,
): ExampleModule[] {
  const names = preludeNames(prelude);
  return documented
    .flatMap(({ id, examples }) => examples.map((code) => ({ id, code })))
    .map(({ id, code }, index) => ({
      id,
      fileName: `${folder}/example-${index}.ts`,
      code: asModule(code, prelude, names),
    }));
}

function asModule(code: string, prelude: string, names: PreludeNames): string {
  const imports = code.match(IMPORT) ?? [];
  const isUsed = (name: string): boolean => new RegExp(`(?<![.\\w"'])${name}\\b`).test(code);
  const isImported = (name: string): boolean => imports.some((line) => new RegExp(`\\b${name}\\b`).test(line));
  const exported = names.exported.filter((name) => isUsed(name) && !isImported(name));
  return [
    `import type { Scope, ScopeThis } from ${JSON.stringify(prelude)};`,
    `import { ${exported.join(", ")} } from ${JSON.stringify(prelude)};`,
    ...imports,
    "export default async function (this: ScopeThis, scope: Scope): Promise<void> {",
    `const { ${names.scope.filter(isUsed).join(", ")} } = scope;`,
    // A block of its own: an example may declare what the scope has, too.
    `{\n${code.replace(IMPORT, "")}\n}`,
    "}",
  ].join("\n");
}

interface PreludeNames {
  exported: string[];
  scope: string[];
}

function preludeNames(prelude: string): PreludeNames {
  const program = ts.createProgram([prelude], compilerOptions);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(prelude);
  const module = source && checker.getSymbolAtLocation(source);
  const exports = module === undefined ? [] : checker.getExportsOfModule(module);
  const scope = exports.find(({ name }) => name === "Scope");
  return {
    exported: exports.map(({ name }) => name).filter((name) => !name.startsWith("Scope")),
    scope:
      scope === undefined
        ? []
        : checker
            .getDeclaredTypeOfSymbol(scope)
            .getProperties()
            .map(({ name }) => name),
  };
}

const source = (path: string): string => new URL(`../../../${path}`, import.meta.url).pathname;

export const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: [
    "lib.es2024.d.ts",
    "lib.dom.d.ts",
    "lib.dom.iterable.d.ts",
    "lib.dom.asynciterable.d.ts",
    "lib.esnext.disposable.d.ts",
  ],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: ["node"],
  typeRoots: [source("../node_modules/@types")],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  paths: {
    "@flowith-webapi/core/developer": [source("core/src/developer.ts")],
    "@flowith-webapi/core/http": [source("core/src/http.ts")],
    "@flowith-webapi/core": [source("core/src/index.ts")],
    "@flowith-webapi/supabase": [source("supabase/src/index.ts")],
    "@flowith-webapi/emulator": [source("emulator/src/index.ts")],
    "flowith-webapi": [source("sdk/src/node.ts")],
    "flowith-webapi/developer": [source("sdk/src/developer/node.ts")],
    "flowith-webapi/supabase": [source("sdk/src/supabase.ts")],
  },
};

/** What the compiler says about the examples; each is a line with the example's name. */
export function typeErrors(modules: readonly ExampleModule[]): string[] {
  const program = ts.createProgram(
    modules.map(({ fileName }) => fileName),
    compilerOptions,
  );
  return modules.flatMap(({ id, fileName }) => {
    const file = program.getSourceFile(fileName);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText }) => `${id}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    );
  });
}
