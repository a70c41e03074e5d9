import * as v from "valibot";
import { eachEvent } from "../each-event.ts";
import { defineFault, type FaultKind, type FaultTarget, streamRoute, targetEntries } from "../fault-kind.ts";

/** Events come twice, with the same `seq` and id. */
export interface DuplicateFault extends FaultTarget {
  type: "duplicate";
  /** Every which event; default 1, all of them. */
  every?: number | undefined;
}

const schema: v.GenericSchema<unknown, DuplicateFault> = v.strictObject({
  type: v.literal("duplicate"),
  ...targetEntries,
  every: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
});

export const duplicateFault: FaultKind = defineFault<DuplicateFault>({
  type: "duplicate",
  defaultRoute: streamRoute,
  schema,
  behave: ({ every = 1 }) => ({
    stage: () =>
      eachEvent((frame, index, emit) => {
        emit(frame);
        if ((index + 1) % every === 0) emit(frame);
      }),
  }),
});
