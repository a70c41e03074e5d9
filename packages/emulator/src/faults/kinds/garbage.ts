import * as v from "valibot";
import { noiseFrame } from "../../streams/frame.ts";
import { eachEvent } from "../each-event.ts";
import { defineFault, type FaultKind, type FaultTarget, streamRoute, targetEntries } from "../fault-kind.ts";

/** Lines between the events that a parser has to skip. */
export interface GarbageFault extends FaultTarget {
  type: "garbage";
  /** What is sent before each event, exactly; default: some of everything, with blank lines. */
  text?: string | undefined;
}

const someOfEverything = [
  "data: [DONE]\n\n",
  "data: {not json\n\n",
  "data: null\n\ndata: 42\n\ndata: []\n\n",
  "nonsense without a colon\n\n",
  "unknown: field\n\n",
  "data:\n\n",
  ": a comment\n\n",
].join("");

const schema: v.GenericSchema<unknown, GarbageFault> = v.strictObject({
  type: v.literal("garbage"),
  ...targetEntries,
  text: v.optional(v.string()),
});

export const garbageFault: FaultKind = defineFault<GarbageFault>({
  type: "garbage",
  defaultRoute: streamRoute,
  schema,
  behave: ({ text = someOfEverything }) => ({
    stage: () =>
      eachEvent((frame, _, emit) => {
        emit(noiseFrame(text));
        emit(frame);
      }),
  }),
});
