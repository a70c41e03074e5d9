import type { CallToolResult, ContentBlock } from "@modelcontextprotocol/server";
import type { ToolCall } from "../add-tool.ts";
import type { Credits } from "../credits/ledger.ts";
import type { Desk } from "../desk.ts";
import { toolResult } from "../results/tool-result.ts";
import { type DeliveredMedia, deliverMedia } from "./deliver-media.ts";
import type { JobReport } from "./job-schema.ts";
import { waitFor } from "./wait-for.ts";
import type { Made, Work, WorkHandle } from "./work.ts";

const UNKNOWN: Credits = { spent: null, remaining: null };

/**
 * What a tool answers about a job: its result, or that it is at work still.
 * @param limitMs how long it is waited for; 0: not at all
 */
export async function jobResult(work: Work, call: ToolCall, limitMs: number): Promise<CallToolResult> {
  const made = limitMs > 0 || work.state !== "running" ? await waitFor(work, call, limitMs) : undefined;
  if (made === undefined) return toolResult(runningReport(work));
  work.delivery ??= deliver(call.desk, work, made);
  const delivered = await work.delivery;
  const report = doneReport(work, made, delivered);
  return toolResult(report, contentOf(made, delivered));
}

async function deliver(desk: Desk, { handle }: Work, { media }: Made): Promise<readonly DeliveredMedia[]> {
  const isPicture = handle.kind === "image";
  const names = media.map((_, index) => (media.length === 1 ? handle.kind : `${handle.kind} ${index + 1}`));
  return Promise.all(media.map((one, index) => deliverMedia(desk, one, names[index] ?? handle.kind, isPicture)));
}

function runningReport({ handle, expected }: Work): JobReport {
  return {
    job_id: handle.id,
    kind: handle.kind,
    state: "running",
    model: handle.model,
    conversation_id: handle.conversationId,
    node_id: null,
    media: [],
    credits: { expected: expected ?? null, ...UNKNOWN },
    ...estimateOf(handle),
    next: `It is at work, and paid for. Call wait_for_job with job_id ${handle.id}; do not start it again.`,
  };
}

function doneReport({ handle, expected }: Work, made: Made, delivered: readonly DeliveredMedia[]): JobReport {
  const { model, conversationId, nodeId, text, reasoning, credits = UNKNOWN } = made;
  return {
    job_id: handle.id,
    kind: handle.kind,
    state: "done",
    model,
    conversation_id: conversationId,
    node_id: nodeId,
    ...(text === undefined ? {} : { text }),
    ...(reasoning ? { reasoning } : {}),
    media: delivered.map(({ report }) => report),
    credits: { expected: expected ?? null, ...credits },
    ...estimateOf(handle),
  };
}

function estimateOf({ developerEstimate }: WorkHandle): Pick<JobReport, "developer_estimate"> {
  return developerEstimate === undefined ? {} : { developer_estimate: developerEstimate };
}

function contentOf({ conversationId }: Made, delivered: readonly DeliveredMedia[]): ContentBlock[] {
  const content = delivered.flatMap((one) => one.content);
  if (conversationId === null) return content;
  const uri = `flowith://conversations/${conversationId}`;
  return [...content, { type: "resource_link", uri, name: "conversation", mimeType: "text/markdown" }];
}
