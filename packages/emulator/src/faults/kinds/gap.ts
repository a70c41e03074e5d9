import * as v from "valibot";
import { withEvent } from "../../streams/frame.ts";
import { eachEvent } from "../each-event.ts";
import {
  defineFault,
  type FaultKind,
  type FaultTarget,
  streamRoute,
  targetEntries,
  wholeNumber,
} from "../fault-kind.ts";

/** `seq` jumps though nothing is missing. */
export interface GapFault extends FaultTarget {
  type: "gap";
  /** The first `seq` that is raised; default 1. */
  from?: number | undefined;
  /** By how much; default 1. */
  by?: number | undefined;
}

const schema: v.GenericSchema<unknown, GapFault> = v.strictObject({
  type: v.literal("gap"),
  ...targetEntries,
  from: v.optional(wholeNumber),
  by: v.optional(wholeNumber),
});

export const gapFault: FaultKind = defineFault<GapFault>({
  type: "gap",
  defaultRoute: streamRoute,
  schema,
  behave: ({ from = 1, by = 1 }) => ({
    stage: () =>
      eachEvent((frame, _, emit) => {
        const { event } = frame;
        const seq = event?.seq;
        emit(seq === undefined || seq < from ? frame : withEvent(frame, { ...event, seq: seq + by }));
      }),
  }),
});
