import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { writeWhole } from "./write-whole.ts";

/** What an export keeps of itself beside its files, so that the next one can go on from there. */
export interface ExportRecord {
  id: string;
  /** Of the conversation, when it was exported. */
  updatedAt: string | null;
  format: ExportFormat;
  /** False while it is being written, and where media could not be had. */
  isComplete: boolean;
  /** Files by the addresses that they came from, relative to the folder. */
  media: Record<string, { file: string; sizeBytes: number }>;
}

export type ExportFormat = "markdown" | "json" | "both";

const RECORD = ".flowith-export.json";

const schema: v.GenericSchema<unknown, ExportRecord> = v.object({
  id: v.string(),
  updatedAt: v.nullable(v.string()),
  format: v.picklist(["markdown", "json", "both"]),
  isComplete: v.boolean(),
  // A file that was edited must not lead out of its folder.
  media: v.record(
    v.string(),
    v.object({ file: v.pipe(v.string(), v.regex(/^media\/[A-Za-z0-9][^/\\\p{Cc}]*$/u)), sizeBytes: v.number() }),
  ),
});

/** Undefined where the folder is no export, or its record cannot be read. */
export async function readExportRecord(folder: string): Promise<ExportRecord | undefined> {
  try {
    const result = v.safeParse(schema, JSON.parse(await readFile(join(folder, RECORD), "utf8")));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}

export function writeExportRecord(folder: string, record: ExportRecord, signal: AbortSignal): Promise<void> {
  return writeWhole(join(folder, RECORD), `${JSON.stringify(record, undefined, 2)}\n`, signal);
}
