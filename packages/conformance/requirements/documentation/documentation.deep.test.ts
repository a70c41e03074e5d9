import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Emulator } from "@flowith-webapi/emulator";
import ts from "typescript";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { sections } from "../migrating/sections.ts";
import { type Documented, docComments } from "./doc-comments.ts";
import { compilerOptions, exampleModules, typeErrors } from "./example-modules.ts";
import { exampleScope, rerouted, startExampleEmulator } from "./example-scope.ts";
import { exportedDeclarations } from "./exported-names.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url)).replace(/\/$/, "");
const folder = `${root}/.test-results/examples`;
const entries = [
  ...["core", "supabase", "emulator"].map((name) => `${root}/packages/${name}/src/index.ts`),
  `${root}/packages/core/src/developer.ts`,
  ...["node", "deno", "browser", "worker", "fetch", "supabase"].map((entry) => `${root}/packages/sdk/src/${entry}.ts`),
  ...["node", "deno", "browser", "worker", "fetch"].map((entry) => `${root}/packages/sdk/src/developer/${entry}.ts`),
];

const documented = ["core", "supabase", "sdk", "emulator"].flatMap((name) => docComments(root, name));
const guide = sections.map(({ title, typescript }) => ({ id: `MIGRATING.md › ${title}`, examples: [typescript] }));
const modules = exampleModules(
  [...documented, ...guide],
  folder,
  fileURLToPath(new URL("prelude.ts", import.meta.url)),
);

/** What is exported by an entry, and the members of it. */
const exported = findExported();

function findExported(): Documented[] {
  const program = ts.createProgram(entries, compilerOptions);
  const idOf = (path: string): string => path.replace(`${root}/`, "");
  const names = new Set(entries.flatMap((file) => [...exportedDeclarations(program, file, idOf)]));
  return documented.filter(({ id }) => names.has(id) || names.has(id.replace(/\.[^.]+$/, "")));
}

let emulator: Emulator;

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { fileName, code } of modules) writeFileSync(fileName, code);
  emulator = await startExampleEmulator();
  vi.stubGlobal("fetch", rerouted(emulator, fetch));
  for (const method of ["log", "info", "warn", "error"] as const)
    vi.spyOn(console, method).mockImplementation(() => undefined);
});

afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  await emulator.close();
});

/** Interfaces that users are handed, rather than implement. */
const handedOut = /› (Job|GenerationStream|GeneratedMedia|Emulator)\./;

const isCalled = ({ id, kind, isOverride }: Documented): boolean =>
  kind === "function" || (kind === "method" && !isOverride) || (kind === "signature" && handedOut.test(id));

it("every export has a doc comment, and so has every method that users call", () => {
  const silent = exported.filter(
    (one) => !one.hasComment && (isCalled(one) || !["method", "signature", "property"].includes(one.kind)),
  );
  expect(silent.map(({ id }) => id)).toEqual([]);
});

it("every function and method that users call has an example", () => {
  const without = exported.filter((one) => isCalled(one) && one.examples.length === 0);
  expect(without.map(({ id }) => id)).toEqual([]);
});

it("all examples are of the right types", () => {
  expect(typeErrors(modules)).toEqual([]);
});

it.for(modules.map((module) => [module.id, module] as const))("the example of %s runs", async ([, example]) => {
  await using made = await exampleScope(emulator, example.code);
  const { scope, self } = made;
  for (const [name, value] of Object.entries({
    TOKEN: scope.token,
    REFRESH_TOKEN: scope.refreshToken,
    API_KEY: scope.apiKey,
  }))
    vi.stubEnv(`FLOWITH_${name}`, value);
  process.chdir(scope.folder);
  const module: { default(this: typeof self, names: typeof scope): Promise<void> } = await import(example.fileName);
  // An example that only listens is ended from outside.
  const end = setTimeout(() => scope.flowith.close(), 4_000);
  try {
    await module.default.call(self, scope);
  } catch (error) {
    if (error !== scope.signal.reason && !(error instanceof DOMException && error.name === "AbortError")) throw error;
  } finally {
    clearTimeout(end);
    vi.unstubAllEnvs();
    process.chdir(root);
  }
});
