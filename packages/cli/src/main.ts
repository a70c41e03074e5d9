#!/usr/bin/env node
import { readFileSync } from "node:fs";
import nodeModule from "node:module";

// Everything else is loaded when it is used: a version is asked for by scripts, often. Older Nodes get this far, too.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const [, , first, ...others] = process.argv;
if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(`flowith: This needs Node 22.12 or newer, and runs in ${process.versions.node}.\n`);
  process.exitCode = 1;
} else if (others.length === 0 && (first === "--version" || first === "-V")) {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  process.stdout.write(`${version}\n`);
} else {
  nodeModule.enableCompileCache?.();
  const { runInProcess } = await import("./run-in-process.ts");
  await runInProcess();
}
