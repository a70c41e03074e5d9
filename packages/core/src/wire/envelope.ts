import { isRecord, textOf } from "./parse.ts";

/**
 * The event itself. A bare one can carry a `data` of its own (the node's, or a notice's), so the envelope is opened only
 * where it is one (wire 3).
 */
export function openEnvelope(value: Record<string, unknown>): Record<string, unknown> {
  const { data } = value;
  if (!isRecord(data) || nodeIdOf(value) !== undefined) return value;
  return value.type === undefined || data.type !== undefined || nodeIdOf(data) !== undefined ? data : value;
}

/** The node that an event is about. */
export function nodeIdOf(event: Record<string, unknown>): string | undefined {
  return textOf(event.nodeId ?? event.node_id);
}
