/** One event as it stands on the wire, envelope taken off. */
export interface WireEvent {
  type?: string | undefined;
  nodeId?: string | undefined;
  seq?: number | undefined;
  [field: string]: unknown;
}

/** `data` puts the event into `{"data": …, "id": …}`, as `/user_stream/stream` does; `none` sends it as it is. */
export type Envelope = "data" | "none";

/** The smallest piece of a streamed body that faults look at. Its text is made once and shared by all connections. */
export interface Frame {
  readonly kind: "event" | "heartbeat" | "noise" | "text" | "end" | "cut";
  readonly text: string;
  readonly event?: WireEvent;
  readonly envelope?: Envelope;
  readonly id?: string;
}

const terminalTypes: ReadonlySet<string> = new Set(["complete", "result", "workflow_complete", "error", "failed"]);

export function isTerminal(frame: Frame): boolean {
  return terminalTypes.has(frame.event?.type ?? "");
}

export function eventFrame(event: WireEvent, envelope: Envelope, id: string): Frame {
  const body = envelope === "data" ? { data: event, id } : event;
  return { kind: "event", text: `data: ${JSON.stringify(body)}\n\n`, event, envelope, id };
}

/** The same frame with another event in it. */
export function withEvent(frame: Frame, event: WireEvent): Frame {
  return eventFrame(event, frame.envelope ?? "data", frame.id ?? "");
}

export function heartbeatFrame(nowMs: number): Frame {
  return { kind: "heartbeat", text: `data: ${JSON.stringify({ heartbeat: nowMs })}\n\n` };
}

export function noiseFrame(text: string): Frame {
  return { kind: "noise", text };
}

/** A piece of a plain text body, for the direct completion. */
export function textFrame(text: string): Frame {
  return { kind: "text", text };
}

/** How a body ends: as a finished answer does, or broken off. A frame as well, so that a fault can hold it back. */
export function endingFrame(kind: "end" | "cut"): Frame {
  return { kind, text: "" };
}
