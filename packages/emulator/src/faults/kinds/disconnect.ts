import * as v from "valibot";
import { ConnectionSevered } from "../../http/connection-severed.ts";
import { defineFault, type FaultKind, type FaultTarget, targetEntries } from "../fault-kind.ts";

/** The connection breaks instead of an answer. */
export interface DisconnectFault extends FaultTarget {
  type: "disconnect";
  /** `after`: the request takes effect, and only its answer is lost. Default `before`. */
  when?: "before" | "after" | undefined;
}

const schema: v.GenericSchema<unknown, DisconnectFault> = v.strictObject({
  type: v.literal("disconnect"),
  ...targetEntries,
  when: v.optional(v.picklist(["before", "after"])),
});

export const disconnectFault: FaultKind = defineFault<DisconnectFault>({
  type: "disconnect",
  defaultRoute: "*",
  schema,
  behave: ({ when }) => ({
    async around(_, next) {
      if (when === "after") await (await next()).body?.cancel();
      throw new ConnectionSevered();
    },
  }),
});
