import * as v from "valibot";
import { defineFault, type FaultKind, type FaultTarget, streamRoute, targetEntries } from "../fault-kind.ts";

/** The bytes come in small pieces, cut in the middle of lines and characters. */
export interface SplitFault extends FaultTarget {
  type: "split";
  /** Bytes in a piece; default 1. */
  bytes?: number | undefined;
}

const schema: v.GenericSchema<unknown, SplitFault> = v.strictObject({
  type: v.literal("split"),
  ...targetEntries,
  bytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
});

export const splitFault: FaultKind = defineFault<SplitFault>({
  type: "split",
  defaultRoute: streamRoute,
  schema,
  behave: ({ bytes = 1 }) => ({
    stage({ body }) {
      body.splitInto(bytes);
      return (frame, emit) => emit(frame);
    },
  }),
});
