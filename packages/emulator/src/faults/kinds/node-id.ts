import * as v from "valibot";
import { defineFault, type FaultKind, type FaultTarget, targetEntries } from "../fault-kind.ts";

/** Videos get an answer node of the server's own id, not of the one that was sent. Stays until it is removed. */
export interface NodeIdFault extends FaultTarget {
  type: "node-id";
}

const schema: v.GenericSchema<unknown, NodeIdFault> = v.strictObject({
  type: v.literal("node-id"),
  ...targetEntries,
});

export const nodeIdFault: FaultKind = defineFault<NodeIdFault>({
  type: "node-id",
  defaultRoute: "*",
  schema,
  behave: () => ({ wishes: { ownNodeId: true } }),
});
