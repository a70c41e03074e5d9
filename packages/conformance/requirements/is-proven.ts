import { readFileSync } from "node:fs";
import { cases } from "../src/index.ts";
import { recordedCalls } from "./journal/recorded-calls.ts";

const root = new URL("../../../", import.meta.url);
const calls = new Set(Object.keys(recordedCalls()));
const caseIds = new Set(cases.map(({ id }) => id));

/** Whether the test that a proof names exists: a case, a recorded call that is compared, or `file › test`. */
export function isProven(proof: string): boolean {
  if (caseIds.has(proof)) return true;
  const [where = "", name = ""] = proof.split(" › ");
  if (where === "sends" || where === "gives") return calls.has(name);
  return where.endsWith(".test.ts") && name !== "" && readFileSync(new URL(where, root), "utf8").includes(`"${name}`);
}
