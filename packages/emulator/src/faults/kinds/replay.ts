import * as v from "valibot";
import { defineFault, type FaultKind, type FaultTarget, targetEntries } from "../fault-kind.ts";

/** Whether events that nobody listened to are kept for the next listener, whatever the emulator's own setting. Stays until it is removed. */
export interface ReplayFault extends FaultTarget {
  type: "replay";
  on: boolean;
}

const schema: v.GenericSchema<unknown, ReplayFault> = v.strictObject({
  type: v.literal("replay"),
  ...targetEntries,
  on: v.boolean(),
});

export const replayFault: FaultKind = defineFault<ReplayFault>({
  type: "replay",
  defaultRoute: "*",
  schema,
  behave: ({ on }) => ({ wishes: { replay: on } }),
});
