import * as v from "valibot";
import { type Envelope, eventFrame } from "../../streams/frame.ts";
import { eachEvent } from "../each-event.ts";
import { defineFault, type FaultKind, type FaultTarget, streamRoute, targetEntries } from "../fault-kind.ts";

/** Events in the other envelope, and the node named the other way: both are seen on either channel. */
export interface EnvelopeFault extends FaultTarget {
  type: "envelope";
  /** `data`: inside `{"data": …, "id": …}`; `none`: as they are. */
  envelope?: Envelope | undefined;
  nodeIdField?: "nodeId" | "node_id" | undefined;
}

const schema: v.GenericSchema<unknown, EnvelopeFault> = v.strictObject({
  type: v.literal("envelope"),
  ...targetEntries,
  envelope: v.optional(v.picklist(["data", "none"])),
  nodeIdField: v.optional(v.picklist(["nodeId", "node_id"])),
});

export const envelopeFault: FaultKind = defineFault<EnvelopeFault>({
  type: "envelope",
  defaultRoute: streamRoute,
  schema,
  behave: ({ envelope, nodeIdField }) => ({
    stage: () =>
      eachEvent((frame, _, emit) => {
        if (frame.event === undefined) {
          emit(frame);
          return;
        }
        const { nodeId, ...others } = frame.event;
        const event = nodeIdField === "node_id" ? { ...others, node_id: nodeId } : frame.event;
        emit(eventFrame(event, envelope ?? frame.envelope ?? "data", frame.id ?? ""));
      }),
  }),
});
