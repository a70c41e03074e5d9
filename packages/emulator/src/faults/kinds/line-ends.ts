import * as v from "valibot";
import { defineFault, type FaultKind, type FaultTarget, streamRoute, targetEntries } from "../fault-kind.ts";

/** Lines end as the SSE standard also allows. */
export interface LineEndsFault extends FaultTarget {
  type: "line-ends";
  /** Default `crlf`. */
  ends?: "crlf" | "cr" | undefined;
}

const schema: v.GenericSchema<unknown, LineEndsFault> = v.strictObject({
  type: v.literal("line-ends"),
  ...targetEntries,
  ends: v.optional(v.picklist(["crlf", "cr"])),
});

export const lineEndsFault: FaultKind = defineFault<LineEndsFault>({
  type: "line-ends",
  defaultRoute: streamRoute,
  schema,
  behave: ({ ends = "crlf" }) => ({
    stage: () => (frame, emit) => emit({ ...frame, text: frame.text.replaceAll("\n", ends === "cr" ? "\r" : "\r\n") }),
  }),
});
