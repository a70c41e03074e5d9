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

/** Indented JSON, one data line for each of its lines; a word that is no JSON, such as `[DONE]`, as it is. */
function inLines(text: string): string {
  const data = text.replace(/^data: /, "").trim();
  return (data.startsWith("{") ? JSON.stringify(JSON.parse(data), null, 1) : data)
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
        // An answer without events, such as a chat that is not streamed, has nothing to be dressed.
        if (frame.kind !== "event" || !frame.text.startsWith("data: ")) emit(frame);
        else emit({ ...frame, text: `: comment\nevent: message\nid: ${index}\nretry: 3000\n${inLines(frame.text)}\n` });
      }),
  }),
});
