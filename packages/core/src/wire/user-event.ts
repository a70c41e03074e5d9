import { isRecord } from "./parse.ts";
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
  const raw = unwrapped(value);
  if ("heartbeat" in raw && raw.type === undefined) return undefined;
  return { type: text(raw.type), nodeId: idOf(raw), convId: text(raw.convId ?? raw.conv_id), raw };
}

/** A bare event can carry a `data` of its own, so the envelope is opened only where it is one (wire 3). */
function unwrapped(value: RawRecord): RawRecord {
  const { data } = value;
  if (!isRecord(data) || idOf(value) !== undefined) return value;
  return value.type === undefined || data.type !== undefined || idOf(data) !== undefined ? data : value;
}

function idOf(value: RawRecord): string | undefined {
  return text(value.nodeId ?? value.node_id);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
