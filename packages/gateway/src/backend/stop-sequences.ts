import type { ChatEvent } from "./chat.ts";

/** How an answer is ended. */
export interface StopOptions {
  sequences: readonly string[];
  /** The model that is asked. */
  model: string;
  /** Whether to wait for the end that the service tells, and its usage, before saying so. Else the work ends at once. */
  waitsForEnd: boolean;
}

/**
 * Ends an answer where its text has one of some sequences, which the text then lacks. Done here and not by the service,
 * which does not tell by which sequence it stopped, or whether by any.
 */
export async function* stopAt(
  events: AsyncIterable<ChatEvent>,
  { sequences, model, waitsForEnd }: StopOptions,
): AsyncGenerator<ChatEvent, undefined> {
  let held = "";
  let found: string | undefined;
  for await (const event of events) {
    if (found !== undefined) {
      if (event.type === "finish")
        yield { ...event, reason: "stop", stopSequence: found, ...revised(event, sequences) };
      continue;
    }
    if (event.type === "text") {
      held += event.delta;
      const first = firstOf(sequences, held);
      const certain = first?.at ?? certainLength(sequences, held);
      if (certain > 0) yield { type: "text", delta: held.slice(0, certain) };
      held = held.slice(certain);
      found = first?.sequence;
      if (found === undefined || waitsForEnd) continue;
      yield { type: "finish", reason: "stop", model, stopSequence: found };
      return;
    }
    if (held !== "") yield { type: "text", delta: held };
    held = "";
    yield event.type === "finish" ? { ...event, ...revised(event, sequences) } : event;
  }
}

/** A text that was revised ends there too. */
function revised(
  { revisedText }: Extract<ChatEvent, { type: "finish" }>,
  sequences: readonly string[],
): { revisedText?: string; stopSequence?: string } {
  const first = revisedText === undefined ? undefined : firstOf(sequences, revisedText);
  return first === undefined
    ? {}
    : { revisedText: revisedText?.slice(0, first.at) ?? "", stopSequence: first.sequence };
}

function firstOf(sequences: readonly string[], text: string): { at: number; sequence: string } | undefined {
  const all = sequences.map((sequence) => ({ at: text.indexOf(sequence), sequence })).filter(({ at }) => at !== -1);
  return all.sort((one, other) => one.at - other.at)[0];
}

/** How much of a text cannot belong to a sequence that begins at its end. */
function certainLength(sequences: readonly string[], text: string): number {
  const longest = Math.max(...sequences.map((sequence) => sequence.length));
  let length = Math.min(longest - 1, text.length);
  while (length > 0 && !sequences.some((sequence) => sequence.startsWith(text.slice(-length)))) length -= 1;
  return text.length - length;
}
