import { defined } from "../../options/defined.ts";
import type { TextResult } from "./text-reader.ts";

/** A finished text. `String(output)` is its text. */
export interface GenerationOutput {
  text: string;
  /** What stood in `<think>` parts, or the service's own summary where there were none. */
  reasoning: string;
  /** The service's summary, where the answer had `<think>` parts besides. */
  reasoningSummary?: string | undefined;
  nodeId: string;
  convId: string;
  /** The model that answered, where the service names it; else the one that was asked for. */
  model: string;
  /**
   * Of a session's turn: how many messages of the conversation so far were not sent, by `maxTurns`, `maxCharacters` or
   * `trim`. Absent where none was left out.
   */
  omittedMessages?: number | undefined;
  /** The event or row that settled the job, untouched. */
  raw: unknown;
  toString(): string;
}

/** @param ids where the text stands; its model counts where the service named none */
export function textOutput(
  result: TextResult,
  ids: { nodeId: string; convId: string; model: string },
  omittedMessages?: number,
): GenerationOutput {
  const { text, reasoning, reasoningSummary, raw } = result;
  const output = {
    text,
    reasoning,
    ...defined({ reasoningSummary }),
    nodeId: ids.nodeId,
    convId: ids.convId,
    model: result.model ?? ids.model,
    ...defined({ omittedMessages }),
    raw,
  };
  // Not enumerable: a function among the fields keeps an output from being cloned, posted to a worker or put into a store.
  return Object.defineProperty(output, "toString", { value: () => text });
}

/** What one step of a stream brought. One chunk may carry all that one network read brought. */
export interface GenerationChunk {
  /** All text so far. */
  text: string;
  textDelta: string;
  /** All reasoning so far. */
  reasoning: string;
  reasoningDelta: string;
  nodeId: string;
  convId: string;
  model: string;
  isFinal: boolean;
  /** The final text does not begin with what was streamed: `text` counts, whole, and `textDelta` is empty. */
  isRevised: boolean;
  /** In the final chunk: see `GenerationOutput`. */
  omittedMessages?: number | undefined;
}
