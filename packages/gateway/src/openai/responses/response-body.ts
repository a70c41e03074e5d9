import type { ChatUsage } from "../../backend/chat.ts";
import type { ResponseRequest } from "./request-schema.ts";

export type ItemStatus = "in_progress" | "completed" | "incomplete";

/** A part of a message. */
export interface TextPart {
  type: "output_text";
  text: string;
  annotations: never[];
  logprobs: never[];
}

/** One item of an answer. */
export type OutputItem =
  | { type: "reasoning"; id: string; status: ItemStatus; summary: { type: "summary_text"; text: string }[] }
  | { type: "message"; id: string; status: ItemStatus; role: "assistant"; content: TextPart[] }
  | { type: "function_call"; id: string; status: ItemStatus; call_id: string; name: string; arguments: string };

/** Fields of an answer that are known before it begins, and its state. */
export interface ResponseBody {
  id: string;
  object: "response";
  /** Seconds since 1970. */
  created_at: number;
  status: "in_progress" | "completed" | "incomplete" | "failed";
  model: string;
  output: OutputItem[];
  error: { code: string; message: string } | null;
  incomplete_details: { reason: "max_output_tokens" | "content_filter" } | null;
  usage: Record<string, unknown> | null;
  [field: string]: unknown;
}

/** The answer before it begins. @param isStored whether it can be asked for by its id later */
export function startedResponse(given: ResponseRequest, isStored: boolean): ResponseBody {
  return {
    id: newId("resp"),
    object: "response",
    created_at: Math.floor(Date.now() / 1000),
    status: "in_progress",
    background: false,
    error: null,
    incomplete_details: null,
    instructions: given.instructions ?? null,
    max_output_tokens: given.max_output_tokens ?? null,
    metadata: given.metadata ?? {},
    model: given.model,
    output: [],
    parallel_tool_calls: true,
    previous_response_id: given.previous_response_id ?? null,
    reasoning: { effort: given.reasoning?.effort ?? null, summary: null },
    store: isStored,
    temperature: given.temperature ?? null,
    text: { format: given.text?.format ?? { type: "text" } },
    tool_choice: given.tool_choice ?? "auto",
    tools: (given.tools ?? []).filter(({ type }) => type === "function"),
    top_p: given.top_p ?? null,
    truncation: "disabled",
    usage: null,
  };
}

/** Usage as a response has it; what the service does not tell is zero. */
export function responseUsage(
  { promptTokens, completionTokens }: ChatUsage = { promptTokens: 0, completionTokens: 0 },
): Record<string, unknown> {
  return {
    input_tokens: promptTokens,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: completionTokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: promptTokens + completionTokens,
  };
}

export function newId(prefix: "resp" | "msg" | "rs" | "fc"): string {
  return `${prefix}_${crypto.randomUUID().replaceAll("-", "")}`;
}
