import * as v from "valibot";
import { defineFault, type FaultKind, type FaultTarget, targetEntries } from "../fault-kind.ts";

/** Answers with a status instead of the handler, or after it has done its work. */
export interface StatusFault extends FaultTarget {
  type: "status";
  status: number;
  headers?: Record<string, string> | undefined;
  /** A string goes as it is, anything else as JSON. */
  body?: unknown;
  /** `after`: the request takes effect, and only its answer is lost. Default `before`. */
  when?: "before" | "after" | undefined;
}

const schema: v.GenericSchema<unknown, StatusFault> = v.strictObject({
  type: v.literal("status"),
  ...targetEntries,
  status: v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)),
  headers: v.optional(v.pipe(v.record(v.string(), v.string()), v.check(areHeaders, "Not a header that can be sent"))),
  body: v.optional(v.unknown()),
  when: v.optional(v.picklist(["before", "after"])),
});

/** By making them, since only the platform knows what it sends. */
function areHeaders(headers: Record<string, string>): boolean {
  try {
    return new Headers(headers) instanceof Headers;
  } catch {
    return false;
  }
}

function answer({ status, headers, body }: StatusFault): Response {
  const content = body === undefined ? { message: `Fault: ${status}` } : body;
  const isText = typeof content === "string";
  const type = isText ? "text/plain; charset=utf-8" : "application/json";
  const empty = status === 204 || status === 205 || status === 304;
  return new Response(empty ? null : isText ? content : JSON.stringify(content), {
    status,
    headers: { "content-type": type, ...headers },
  });
}

export const statusFault: FaultKind = defineFault<StatusFault>({
  type: "status",
  defaultRoute: "*",
  schema,
  behave: (fault) => ({
    async around(_, next) {
      if (fault.when === "after") await (await next()).body?.cancel();
      return answer(fault);
    },
  }),
});
