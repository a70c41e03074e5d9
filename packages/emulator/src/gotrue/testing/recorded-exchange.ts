import { readFileSync } from "node:fs";
import * as v from "valibot";

/** One request and what a real GoTrue answered to it. */
export interface RecordedExchange {
  name: string;
  as: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | null;
  response: { status: number; headers: Record<string, string>; body: string };
  reset: boolean;
  volatile: string[];
  capture: Record<string, string>;
  wait_s: number;
  repeat: number;
  decoded?: { header: Record<string, unknown>; payload: Record<string, unknown> } | undefined;
}

const stringMap = v.record(v.string(), v.string());
const anything = v.record(v.string(), v.unknown());

const exchangeSchema: v.GenericSchema<unknown, RecordedExchange> = v.object({
  name: v.string(),
  as: v.string(),
  method: v.string(),
  path: v.string(),
  headers: stringMap,
  body: v.nullable(v.string()),
  response: v.object({ status: v.number(), headers: stringMap, body: v.string() }),
  reset: v.boolean(),
  volatile: v.array(v.string()),
  capture: v.optional(stringMap, {}),
  wait_s: v.optional(v.number(), 0),
  repeat: v.optional(v.number(), 1),
  decoded: v.optional(v.object({ header: anything, payload: anything })),
});

export function readRecording(file: string): RecordedExchange[] {
  const text = readFileSync(new URL(`../../../recordings/${file}`, import.meta.url), "utf8");
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => v.parse(exchangeSchema, JSON.parse(line)));
}
