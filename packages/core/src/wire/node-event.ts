import { nodeIdOf, openEnvelope } from "./envelope.ts";
import { type Failure, parseFailure } from "./failure.ts";
import { type NodeData, parseNodeData } from "./node-data.ts";
import { isRecord, textOf } from "./parse.ts";
import { isSuccessWord } from "./words.ts";

/** What an event stream says of one node. Everything that both channels send is one of these. */
export type NodeEvent =
  | { type: "chunks"; nodeId: string; seq: number | undefined; fragments: readonly string[] }
  | { type: "ended"; nodeId: string; seq: number | undefined; end: JobEnd }
  | { type: "failed"; nodeId: string; failure: Failure; raw: unknown }
  | { type: "other"; nodeId: string; seq: number | undefined; raw: unknown };

/** The fields of a terminal event (wire 3); which of them is the result is the job's business. */
export interface JobEnd {
  /** Whether `result` is known to be the whole text: `complete` events only. */
  isComplete: boolean;
  result: string | undefined;
  reasoning: string | undefined;
  resultUrl: string | undefined;
  imageUrl: string | undefined;
  videoUrl: string | undefined;
  nodeData: NodeData;
  raw: unknown;
}

/** @param value the parsed JSON of one `data:` line. @returns undefined for heartbeats and whatever names no node */
export function parseNodeEvent(value: unknown): NodeEvent | undefined {
  if (!isRecord(value)) return undefined;
  const body = openEnvelope(value);
  const nodeId = nodeIdOf(body);
  if (nodeId === undefined) return undefined;
  const seq = typeof body.seq === "number" ? body.seq : undefined;

  // The hot path: hand-written, since a schema costs as much as the JSON.parse before it.
  if (body.type === "chunks") {
    return { type: "chunks", nodeId, seq, fragments: textsOf(body.chunks) };
  }
  const failure = failureOf(body);
  if (failure !== undefined) return { type: "failed", nodeId, failure, raw: body };
  if (isEnd(body)) return { type: "ended", nodeId, seq, end: jobEnd(body) };
  return { type: "other", nodeId, seq, raw: body };
}

function textsOf(chunks: unknown): readonly string[] {
  if (!Array.isArray(chunks)) return [];
  return chunks.every((part) => typeof part === "string") ? chunks : chunks.filter((part) => typeof part === "string");
}

function failureOf(body: Record<string, unknown>): Failure | undefined {
  const failure = parseFailure(body.error, body.error_type);
  if (failure !== undefined) return failure;
  if (body.type === "error" || body.type === "failed") {
    return parseFailure(body.message ?? "the service gave no reason", body.error_type);
  }
  if (body.type === "workflow_complete" && !isSuccessWord(body.status)) {
    return parseFailure(`it ended with the status ${String(body.status)}`, body.error_type);
  }
  return undefined;
}

function isEnd(body: Record<string, unknown>): boolean {
  const { type, status, resultUrl } = body;
  if (type === "complete" || type === "result") return true;
  return isSuccessWord(status) || textOf(resultUrl) !== undefined;
}

function jobEnd(body: Record<string, unknown>): JobEnd {
  const nodeData = parseNodeData(body.nodeData);
  const inner = parseNodeData(body.data);
  return {
    isComplete: body.type === "complete",
    result: textOf(body.result),
    reasoning: textOf(body.reasoning),
    resultUrl: textOf(body.resultUrl),
    imageUrl: textOf(body.imageUrl),
    videoUrl: textOf(body.videoUrl),
    nodeData: { ...inner, ...nodeData, value: nodeData.value ?? inner.value },
    raw: body,
  };
}
