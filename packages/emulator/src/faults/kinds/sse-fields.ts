import * as v from "valibot";
import { eachEvent } from "../each-event.ts";
import { defineFault, type FaultKind, type FaultTarget, streamRoute, targetEntries } from "../fault-kind.ts";

/** Events dressed in everything that the SSE standard knows: comments, `event:`, `id:` and `retry:` lines, data in several lines. */
export interface SseFieldsFault extends FaultTarget {
  type: "sse-fields";
}

const schema: v.GenericSchema<unknown, SseFieldsFault> = v.strictObject({
  type: v.literal("sse-fields"),
  ...targetEntries,
});

/** Indented JSON, one data line for each of its lines. */
function inLines(text: string): string {
  const value: unknown = JSON.parse(text.replace(/^data: /, ""));
  return JSON.stringify(value, null, 1)
    .split("\n")
    .map((line) => `data: ${line}\n`)
    .join("");
}

export const sseFieldsFault: FaultKind = defineFault<SseFieldsFault>({
  type: "sse-fields",
  defaultRoute: streamRoute,
  schema,
  behave: () => ({
    stage: () =>
      eachEvent((frame, index, emit) => {
        if (frame.kind !== "event") emit(frame);
        else emit({ ...frame, text: `: comment\nevent: message\nid: ${index}\nretry: 3000\n${inLines(frame.text)}\n` });
      }),
  }),
});
