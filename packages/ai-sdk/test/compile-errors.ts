import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");

/** What the compiler says of programs in a folder of the package, by the declarations in dist, as its users have them. */
export async function compileErrors(programs: readonly string[], packageFolder: string): Promise<string> {
  const cwd = await mkdtemp(join(packageFolder, ".run-"));
  const compilerOptions = {
    module: "nodenext",
    target: "es2024",
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ["node"],
  };
  try {
    await writeFile(join(cwd, "tsconfig.json"), JSON.stringify({ compilerOptions }));
    await Promise.all(programs.map((code, index) => writeFile(join(cwd, `program-${index}.ts`), code)));
    return await new Promise((resolve) => {
      execFile(process.execPath, [tsc, "--pretty", "false"], { cwd }, (_, stdout, stderr) => resolve(stdout + stderr));
    });
  } finally {
    await rm(cwd, { recursive: true });
  }
}
