import * as v from "valibot";
import { defineFault, type FaultKind, type FaultTarget, targetEntries } from "../fault-kind.ts";

/** How jobs write the rows of their answers. Stays until it is removed. */
export interface RowsFault extends FaultTarget {
  type: "rows";
  /** `string`: `data` as a JSON string; `unchanged`: not at all, so that rows say nothing of the job. */
  form: "string" | "unchanged";
}

const schema: v.GenericSchema<unknown, RowsFault> = v.strictObject({
  type: v.literal("rows"),
  ...targetEntries,
  form: v.picklist(["string", "unchanged"]),
});

export const rowsFault: FaultKind = defineFault<RowsFault>({
  type: "rows",
  defaultRoute: "*",
  schema,
  behave: ({ form }) => ({ wishes: { rows: form } }),
});
