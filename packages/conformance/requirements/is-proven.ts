import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { cases } from "../src/index.ts";
import { recordedCalls } from "./journal/recorded-calls.ts";

const packages = fileURLToPath(new URL("../../", import.meta.url));
const testFiles = globSync(`${packages}/*/{src,test,requirements}/**/*.test.ts`);
const calls = new Set(Object.keys(recordedCalls()));
const caseIds = new Set(cases.map(({ id }) => id));

/** Whether the test that a proof names exists: a case, a recorded call that is compared, or `file › test`. */
export function isProven(proof: string): boolean {
  if (caseIds.has(proof)) return true;
  const [where = "", name = ""] = proof.split(" › ");
  if (where === "sends" || where === "gives") return calls.has(name);
  return testFiles.some(
    (path) => basename(path) === where && name !== "" && readFileSync(path, "utf8").includes(`"${name}`),
  );
}
