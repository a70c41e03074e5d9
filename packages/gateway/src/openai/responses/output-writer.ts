import type { ChatEvent } from "../../backend/chat.ts";
import { type ItemStatus, newId, type OutputItem, type TextPart } from "./response-body.ts";

/** An event of a stream, before it has its number. */
export interface OutputEvent {
  type: string;
  [field: string]: unknown;
}

interface OpenItem {
  type: "message" | "reasoning";
  id: string;
  index: number;
  text: string;
}

/** Makes items of what comes, and the events that tell of them. */
export class OutputWriter {
  /** The items that are whole. */
  readonly output: OutputItem[] = [];
  #open: OpenItem | undefined;

  *push(event: Exclude<ChatEvent, { type: "finish" }>): Generator<OutputEvent> {
    if (event.type === "tool-call") {
      yield* this.#close("completed");
      yield* this.#call(event);
      return;
    }
    const type = event.type === "text" ? "message" : "reasoning";
    if (this.#open?.type !== type) {
      yield* this.#close("completed");
      yield* this.#begin(type);
    }
    if (this.#open === undefined) return;
    this.#open.text += event.delta;
    yield delta(this.#open, event.delta);
  }

  /** @param revisedText the whole text, where it is not what was streamed: it is that of the message which ends */
  *end(status: ItemStatus, revisedText?: string | undefined): Generator<OutputEvent> {
    const isEmpty = this.#open === undefined && this.output.length === 0;
    const hasText = this.output.some(({ type }) => type === "message");
    if (isEmpty || (revisedText !== undefined && this.#open?.type !== "message" && !hasText)) {
      yield* this.#close("completed");
      yield* this.#begin("message");
    }
    if (revisedText !== undefined && this.#open?.type === "message" && !hasText) this.#open.text = revisedText;
    yield* this.#close(status);
  }

  *#begin(type: OpenItem["type"]): Generator<OutputEvent> {
    const open: OpenItem = {
      type,
      id: newId(type === "message" ? "msg" : "rs"),
      index: this.output.length,
      text: "",
    };
    this.#open = open;
    yield { type: "response.output_item.added", output_index: open.index, item: itemOf(open, "in_progress") };
    yield type === "message"
      ? { type: "response.content_part.added", ...at(open), part: textPart("") }
      : { type: "response.reasoning_summary_part.added", ...at(open), part: { type: "summary_text", text: "" } };
  }

  *#close(status: ItemStatus): Generator<OutputEvent> {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    const { text, index } = open;
    if (open.type === "message") {
      yield { type: "response.output_text.done", ...at(open), text, logprobs: [] };
      yield { type: "response.content_part.done", ...at(open), part: textPart(text) };
    } else {
      yield { type: "response.reasoning_summary_text.done", ...at(open), text };
      yield { type: "response.reasoning_summary_part.done", ...at(open), part: { type: "summary_text", text } };
    }
    const item = itemOf(open, status);
    this.output.push(item);
    yield { type: "response.output_item.done", output_index: index, item };
  }

  *#call({ id: callId, name, argumentsText }: Extract<ChatEvent, { type: "tool-call" }>): Generator<OutputEvent> {
    const index = this.output.length;
    const id = newId("fc");
    const item = { type: "function_call" as const, id, call_id: callId, name, arguments: argumentsText };
    const about = { item_id: id, output_index: index };
    yield {
      type: "response.output_item.added",
      output_index: index,
      item: { ...item, status: "in_progress", arguments: "" },
    };
    if (argumentsText !== "") yield { type: "response.function_call_arguments.delta", ...about, delta: argumentsText };
    yield { type: "response.function_call_arguments.done", ...about, name, arguments: argumentsText };
    const done: OutputItem = { ...item, status: "completed" };
    this.output.push(done);
    yield { type: "response.output_item.done", output_index: index, item: done };
  }
}

function at({ type, id, index }: OpenItem): Record<string, unknown> {
  const within = type === "message" ? { content_index: 0 } : { summary_index: 0 };
  return { item_id: id, output_index: index, ...within };
}

function delta(open: OpenItem, text: string): OutputEvent {
  return open.type === "message"
    ? { type: "response.output_text.delta", ...at(open), delta: text, logprobs: [] }
    : { type: "response.reasoning_summary_text.delta", ...at(open), delta: text };
}

function textPart(text: string): TextPart {
  return { type: "output_text", text, annotations: [], logprobs: [] };
}

/** The item as it is told: without its content before it is whole. */
function itemOf({ type, id, text }: OpenItem, status: ItemStatus): OutputItem {
  const isWhole = status !== "in_progress";
  return type === "message"
    ? { type, id, status, role: "assistant", content: isWhole ? [textPart(text)] : [] }
    : { type, id, status, summary: isWhole ? [{ type: "summary_text", text }] : [] };
}
