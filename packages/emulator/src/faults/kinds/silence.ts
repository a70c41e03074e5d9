import * as v from "valibot";
import { ConnectionSevered } from "../../http/connection-severed.ts";
import {
  defineFault,
  type FaultKind,
  type FaultTarget,
  streamRoute,
  targetEntries,
  wholeNumber,
} from "../fault-kind.ts";

/** A stream that stays open and says nothing more, or a request that is never answered. */
export interface SilenceFault extends FaultTarget {
  type: "silence";
  /** Events that still come; default 0. */
  afterEvents?: number | undefined;
  /** Heartbeats go on, so that only the content is silent. Default false. */
  heartbeats?: boolean | undefined;
}

const schema: v.GenericSchema<unknown, SilenceFault> = v.strictObject({
  type: v.literal("silence"),
  ...targetEntries,
  afterEvents: v.optional(wholeNumber),
  heartbeats: v.optional(v.boolean()),
});

export const silenceFault: FaultKind = defineFault<SilenceFault>({
  type: "silence",
  defaultRoute: streamRoute,
  schema,
  behave: ({ afterEvents, heartbeats }) => ({
    stage() {
      let left = afterEvents ?? 0;
      return (frame, emit) => {
        if (left > 0 || (frame.kind === "heartbeat" && heartbeats === true)) emit(frame);
        if (frame.kind === "event" || frame.kind === "text") left -= 1;
      };
    },
    async around({ request, removed }) {
      const over = AbortSignal.any([request.signal, removed]);
      if (!over.aborted) await new Promise((resolve) => over.addEventListener("abort", resolve, { once: true }));
      throw new ConnectionSevered();
    },
  }),
});
