import { nodeIdOf, openEnvelope } from "./envelope.ts";
import { textOf } from "./parse.ts";
import type { RawRecord } from "./records.ts";

/** Something that happened to one of the user's nodes, or of a kind that this SDK does not know. */
export interface UserEvent {
  /** `chunks`, `complete`, …; undefined where the event does not say. */
  type: string | undefined;
  nodeId: string | undefined;
  convId: string | undefined;
  /** The event without its envelope. */
  raw: RawRecord;
}

/** @returns undefined for a heartbeat */
export function userEvent(value: RawRecord): UserEvent | undefined {
  const raw = openEnvelope(value);
  if ("heartbeat" in raw && raw.type === undefined) return undefined;
  return { type: textOf(raw.type), nodeId: nodeIdOf(raw), convId: textOf(raw.convId ?? raw.conv_id), raw };
}
