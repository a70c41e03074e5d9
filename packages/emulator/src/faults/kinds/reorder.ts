import * as v from "valibot";
import { type Frame, isTerminal } from "../../streams/frame.ts";
import { eachEvent } from "../each-event.ts";
import { defineFault, type FaultKind, type FaultTarget, streamRoute, targetEntries } from "../fault-kind.ts";

/** Events come in groups turned round. A terminal event lets go what is held, and comes first of it. */
export interface ReorderFault extends FaultTarget {
  type: "reorder";
  /** Events in a group; default 2. */
  window?: number | undefined;
}

const schema: v.GenericSchema<unknown, ReorderFault> = v.strictObject({
  type: v.literal("reorder"),
  ...targetEntries,
  window: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2))),
});

export const reorderFault: FaultKind = defineFault<ReorderFault>({
  type: "reorder",
  defaultRoute: streamRoute,
  schema,
  behave: ({ window = 2 }) => ({
    stage() {
      let held: Frame[] = [];
      return eachEvent((frame, _, emit) => {
        held.unshift(frame);
        if (held.length < window && !isTerminal(frame)) return;
        const group = held;
        held = [];
        for (const next of group) emit(next);
      });
    },
  }),
});
