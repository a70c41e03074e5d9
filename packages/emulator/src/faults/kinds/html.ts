import * as v from "valibot";
import { defineFault, type FaultKind, type FaultTarget, targetEntries } from "../fault-kind.ts";

/** The page of a proxy instead of an answer. */
export interface HtmlFault extends FaultTarget {
  type: "html";
  /** Default 502. */
  status?: number | undefined;
}

const schema: v.GenericSchema<unknown, HtmlFault> = v.strictObject({
  type: v.literal("html"),
  ...targetEntries,
  status: v.optional(v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599))),
});

export const htmlFault: FaultKind = defineFault<HtmlFault>({
  type: "html",
  defaultRoute: "*",
  schema,
  behave: ({ status = 502 }) => ({
    async around() {
      const page = `<!DOCTYPE html>\n<html><head><title>${status}</title></head><body><h1>${status} Bad gateway</h1></body></html>\n`;
      return new Response(page, { status, headers: { "content-type": "text/html; charset=utf-8" } });
    },
  }),
});
