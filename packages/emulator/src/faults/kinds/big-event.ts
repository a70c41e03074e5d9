import * as v from "valibot";
import { withEvent } from "../../streams/frame.ts";
import { eachEvent } from "../each-event.ts";
import { defineFault, type FaultKind, type FaultTarget, streamRoute, targetEntries } from "../fault-kind.ts";

/** The first event carries a field so large that it does not fit into usual buffers. */
export interface BigEventFault extends FaultTarget {
  type: "big-event";
  /** Default 16 MiB. */
  bytes?: number | undefined;
}

const schema: v.GenericSchema<unknown, BigEventFault> = v.strictObject({
  type: v.literal("big-event"),
  ...targetEntries,
  bytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(256 * 1024 * 1024))),
});

export const bigEventFault: FaultKind = defineFault<BigEventFault>({
  type: "big-event",
  defaultRoute: streamRoute,
  schema,
  behave: ({ bytes = 16 * 1024 * 1024 }) => ({
    stage: () =>
      eachEvent((frame, index, emit) => {
        emit(index === 0 ? withEvent(frame, { ...frame.event, padding: "x".repeat(bytes) }) : frame);
      }),
  }),
});
