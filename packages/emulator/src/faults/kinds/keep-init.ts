import * as v from "valibot";
import { defineFault, type FaultKind, type FaultTarget, targetEntries } from "../fault-kind.ts";

/**
 * Whether the rows of jobs tell nothing before their end, whatever the emulator's own setting `keepInit`.
 * Stays until it is removed.
 */
export interface KeepInitFault extends FaultTarget {
  type: "keep-init";
  /** Default true. */
  on?: boolean | undefined;
}

const schema: v.GenericSchema<unknown, KeepInitFault> = v.strictObject({
  type: v.literal("keep-init"),
  ...targetEntries,
  on: v.optional(v.boolean()),
});

export const keepInitFault: FaultKind = defineFault<KeepInitFault>({
  type: "keep-init",
  defaultRoute: "*",
  schema,
  behave: ({ on = true }) => ({ wishes: { keepInit: on } }),
});
