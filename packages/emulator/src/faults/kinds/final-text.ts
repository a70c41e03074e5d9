import * as v from "valibot";
import { withEvent } from "../../streams/frame.ts";
import { eachEvent } from "../each-event.ts";
import { defineFault, type FaultKind, type FaultTarget, streamRoute, targetEntries } from "../fault-kind.ts";

/** The whole text at the end differs from what was streamed. The row keeps the true one. */
export interface FinalTextFault extends FaultTarget {
  type: "final-text";
  /** Put in place of the text; default: the text in capitals. */
  result?: string | undefined;
  /** Put after the text instead. */
  append?: string | undefined;
}

const schema: v.GenericSchema<unknown, FinalTextFault> = v.strictObject({
  type: v.literal("final-text"),
  ...targetEntries,
  result: v.optional(v.string()),
  append: v.optional(v.string()),
});

export const finalTextFault: FaultKind = defineFault<FinalTextFault>({
  type: "final-text",
  defaultRoute: streamRoute,
  schema,
  behave: ({ result, append }) => ({
    stage: () =>
      eachEvent((frame, _, emit) => {
        const said = frame.event?.result;
        if (frame.event?.type !== "complete" || typeof said !== "string") {
          emit(frame);
          return;
        }
        const text = result ?? (append === undefined ? said.toUpperCase() : said + append);
        emit(withEvent(frame, { ...frame.event, result: text }));
      }),
  }),
});
