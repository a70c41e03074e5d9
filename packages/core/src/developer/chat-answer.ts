import type { RawRecord } from "../wire/records.ts";
import type { MessageToolCall } from "./developer-messages.ts";

/** A tool that the model asks to be called. */
export interface ToolCall<Name extends string = string> {
  /** Goes into the message that answers it, as `tool_call_id`. */
  id: string;
  name: Name;
  /** Parsed; a model may ask for what the schema does not allow. */
  arguments: Record<string, unknown>;
  /** As they came. */
  argumentsText: string;
}

/** How many tokens a call took, where the service says so. */
export interface ChatUsage {
  promptTokens?: number | undefined;
  completionTokens?: number | undefined;
  totalTokens?: number | undefined;
  raw: RawRecord;
}

/** One answer of several. */
export interface ChatChoice<Name extends string = string> {
  text: string;
  reasoning: string;
  toolCalls: ToolCall<Name>[];
  /** The model that the service says has answered, else the one that was asked. */
  model: string;
  /** `stop`, `length`, `tool_calls`, or another word of the service. */
  finishReason: string | undefined;
}

/** The answer of a chat. */
export interface ChatOutput<Name extends string = string> extends ChatChoice<Name> {
  usage: ChatUsage | undefined;
  /** The answer as a message, for the next request: before the messages that answer its tool calls. */
  message: { role: "assistant"; content: string; tool_calls?: MessageToolCall[] };
  /**
   * All answers, where several came, as they may from several models; the first one is this output itself, and chunks are of
   * that. No option asks one model for several: where `extraBody` does, by `n`, a stream is whole once each of them has its
   * `finishReason`.
   */
  choices: ChatChoice<Name>[];
  /** All events, or the whole answer as the only one. */
  raw: RawRecord[];
}

/** A piece of a chat's answer. */
export interface ChatChunk {
  textDelta: string;
  reasoningDelta: string;
  /** All of the text so far. */
  text: string;
  reasoning: string;
  /** Names of the tools that are asked for so far; the calls themselves stand in the output, once they are whole. */
  toolNames: readonly string[];
  isFinal: boolean;
}
