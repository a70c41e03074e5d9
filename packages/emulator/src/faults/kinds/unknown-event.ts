import * as v from "valibot";
import { withEvent } from "../../streams/frame.ts";
import { eachEvent } from "../each-event.ts";
import { defineFault, type FaultKind, type FaultTarget, streamRoute, targetEntries } from "../fault-kind.ts";

/** Before each event one of a type that no client knows, for the same node. */
export interface UnknownEventFault extends FaultTarget {
  type: "unknown-event";
  /** Default `tool_progress`. */
  eventType?: string | undefined;
}

const schema: v.GenericSchema<unknown, UnknownEventFault> = v.strictObject({
  type: v.literal("unknown-event"),
  ...targetEntries,
  eventType: v.optional(v.string()),
});

export const unknownEventFault: FaultKind = defineFault<UnknownEventFault>({
  type: "unknown-event",
  defaultRoute: streamRoute,
  schema,
  behave: ({ eventType = "tool_progress" }) => ({
    stage: () =>
      eachEvent((frame, _, emit) => {
        const { nodeId, convId } = frame.event ?? {};
        if (frame.kind === "event") emit(withEvent(frame, { type: eventType, nodeId, convId, progress: 0.5 }));
        emit(frame);
      }),
  }),
});
