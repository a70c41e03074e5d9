import * as v from "valibot";
import { isTerminal } from "../../streams/frame.ts";
import { eachEvent } from "../each-event.ts";
import {
  defineFault,
  type FaultKind,
  type FaultTarget,
  streamRoute,
  targetEntries,
  wholeNumber,
} from "../fault-kind.ts";

/** Events that never come. Without a choice: every one that is not terminal. */
export interface LoseFault extends FaultTarget {
  type: "lose";
  /** Those with these `seq`. */
  seqs?: number[] | undefined;
  /** Every which event of the stream. */
  every?: number | undefined;
  /** The last event of each job. */
  terminal?: boolean | undefined;
}

const schema: v.GenericSchema<unknown, LoseFault> = v.strictObject({
  type: v.literal("lose"),
  ...targetEntries,
  seqs: v.optional(v.array(wholeNumber)),
  every: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  terminal: v.optional(v.boolean()),
});

export const loseFault: FaultKind = defineFault<LoseFault>({
  type: "lose",
  defaultRoute: streamRoute,
  schema,
  behave: ({ seqs, every, terminal }) => ({
    stage: () =>
      eachEvent((frame, index, emit) => {
        const isLast = isTerminal(frame);
        const anyText = seqs === undefined && every === undefined && terminal === undefined;
        const isChosen =
          anyText ||
          (seqs !== undefined && frame.event?.seq !== undefined && seqs.includes(frame.event.seq)) ||
          (every !== undefined && (index + 1) % every === 0);
        const isLost = isLast ? terminal === true : isChosen;
        if (!isLost) emit(frame);
      }),
  }),
});
