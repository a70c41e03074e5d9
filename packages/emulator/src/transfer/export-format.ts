import * as v from "valibot";
import type { TableSnapshot } from "../snapshot/table-snapshot.ts";

export interface ExportHeader {
  format: "flowith-emulator";
  version: 1;
  exportedAt: string;
}

type TableLine = { table: TableSnapshot["tables"][number] };
type SequenceLine = { sequence: TableSnapshot["sequences"][number] };

export interface FileLine {
  file: { key: string; name: string; contentType: string; ownerId?: string | undefined };
  base64: string;
}

/** A line of an export, after the first. Rows are JSON within JSON, since numbers of Postgres do not all fit into numbers of JavaScript. */
export type ExportLine = TableLine | SequenceLine | FileLine;

export const headerSchema: v.GenericSchema<unknown, ExportHeader> = v.object({
  format: v.literal("flowith-emulator"),
  version: v.literal(1),
  exportedAt: v.string(),
});

export const lineSchema: v.GenericSchema<unknown, ExportLine> = v.union([
  v.object({ table: v.object({ name: v.string(), columns: v.string(), rows: v.string() }) }),
  v.object({ sequence: v.object({ name: v.string(), value: v.nullable(v.string()), start: v.string() }) }),
  v.object({
    file: v.object({
      key: v.pipe(v.string(), v.uuid()),
      name: v.string(),
      contentType: v.string(),
      ownerId: v.optional(v.string()),
    }),
    base64: v.string(),
  }),
]);
