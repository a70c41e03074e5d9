import { randomUUID } from "node:crypto";
import { eventFrame, type Frame, type WireEvent } from "../streams/frame.ts";

/** Where an event belongs. */
export interface NodeAddress {
  nodeId: string;
  convId: string;
}

/** An event on the data channel, in its envelope. */
export function streamFrame(event: WireEvent): Frame {
  return eventFrame(event, "data", randomUUID());
}

export function chunksFrame({ nodeId, convId }: NodeAddress, seq: number, nowMs: number, chunks: string[]): Frame {
  return streamFrame({ type: "chunks", nodeId, convId, seq, timestamp: nowMs, chunks });
}

export interface Completion {
  result: string;
  reasoning: string;
}

export function completeFrame({ nodeId, convId }: NodeAddress, seq: number, nowMs: number, text: Completion): Frame {
  return streamFrame({ type: "complete", nodeId, convId, seq, timestamp: nowMs, ...text });
}

export interface FailureText {
  error: string;
  error_type: string;
}

export function errorFrame({ nodeId, convId }: NodeAddress, seq: number, nowMs: number, failure: FailureText): Frame {
  return streamFrame({ type: "error", nodeId, convId, seq, timestamp: nowMs, status: "failed", ...failure });
}

/** The end of a media job as the keepalive channel tells it: without an envelope. */
export function workflowFrame(address: NodeAddress, taskType: string, nowMs: number, end: WireEvent): Frame {
  const event = {
    type: "workflow_complete",
    taskType,
    ...address,
    ...end,
    isPaid: true,
    timestamp: nowMs,
    sender: "flowith-emulator",
  };
  return eventFrame(event, "none", randomUUID());
}
