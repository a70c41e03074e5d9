import * as v from "valibot";
import { StreamBody } from "../../streams/stream-body.ts";
import {
  defineFault,
  type FaultKind,
  type FaultTarget,
  streamRoute,
  targetEntries,
  wholeNumber,
} from "../fault-kind.ts";

/** Ends a stream, or the body of any answer, too early. */
export interface CutFault extends FaultTarget {
  type: "cut";
  /** Heartbeats do not count. Not for plain answers, which have no events. */
  afterEvents?: number | undefined;
  afterBytes?: number | undefined;
  /** Ends as if all had been said, instead of breaking the connection. Default false. */
  clean?: boolean | undefined;
}

const schema: v.GenericSchema<unknown, CutFault> = v.strictObject({
  type: v.literal("cut"),
  ...targetEntries,
  afterEvents: v.optional(wholeNumber),
  afterBytes: v.optional(wholeNumber),
  clean: v.optional(v.boolean()),
});

export const cutFault: FaultKind = defineFault<CutFault>({
  type: "cut",
  defaultRoute: streamRoute,
  schema,
  behave: ({ afterEvents, afterBytes, clean }) => ({
    stage({ body }) {
      const finish = (): void => (clean === true ? body.end() : body.cut());
      if (afterBytes !== undefined) body.limit(afterBytes, clean === true ? "end" : "cut");
      let left = afterEvents ?? (afterBytes === undefined ? 0 : Number.POSITIVE_INFINITY);
      if (left === 0) finish();
      return (frame, emit) => {
        emit(frame);
        if (frame.kind !== "event" && frame.kind !== "text") return;
        left -= 1;
        if (left === 0) finish();
      };
    },
    async around({ outgoing }, next) {
      const response = await next();
      const bytes = new Uint8Array(await response.arrayBuffer());
      const body = new StreamBody(outgoing, () => {});
      body.limit(Math.min(afterBytes ?? 0, bytes.length), clean === true ? "end" : "cut");
      body.write(bytes);
      const headers = new Headers(response.headers);
      if (clean === true) headers.delete("content-length");
      else if (!headers.has("content-length")) headers.set("content-length", String(bytes.length));
      return new Response(body.readable, { status: response.status, headers });
    },
  }),
});
