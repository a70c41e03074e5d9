import * as v from "valibot";
import { waitSchema } from "../../settings.ts";
import { defineFault, type FaultKind, type FaultTarget, targetEntries } from "../fault-kind.ts";

/** Holds a request up. */
export interface DelayFault extends FaultTarget {
  type: "delay";
  ms: number;
  /** `after`: the request takes effect at once, and its answer comes late. Default `before`. */
  when?: "before" | "after" | undefined;
}

const schema: v.GenericSchema<unknown, DelayFault> = v.strictObject({
  type: v.literal("delay"),
  ...targetEntries,
  ms: waitSchema,
  when: v.optional(v.picklist(["before", "after"])),
});

function wait(ms: number, removed: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      removed.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    removed.addEventListener("abort", done);
  });
}

export const delayFault: FaultKind = defineFault<DelayFault>({
  type: "delay",
  defaultRoute: "*",
  schema,
  behave: ({ ms, when }) => ({
    async around({ removed }, next) {
      if (when !== "after") await wait(ms, removed);
      const response = await next();
      if (when === "after") await wait(ms, removed);
      return response;
    },
  }),
});
