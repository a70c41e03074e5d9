import type { CallChoice, DescribedTool, JsonFormat } from "@flowith-webapi/chat-bridge";
import type { ChatMessage } from "flowith-webapi/developer";

/** A chat as any surface asks for it. */
export interface ChatRequest extends ChatSettings {
  model: string;
  messages: ChatMessage[];
}

/** What one backend has and another may not. */
export interface ChatSettings {
  tools?: DescribedTool[] | undefined;
  toolChoice?: CallChoice | undefined;
  /** Asked for in words by both backends. */
  json?: JsonFormat | undefined;
  maxTokens?: number | undefined;
  temperature?: number | undefined;
  topP?: number | undefined;
  stop?: string[] | undefined;
  thinking?: boolean | undefined;
  thinkingBudgetTokens?: number | undefined;
}

export type ChatSetting = keyof ChatSettings;

/** Why an answer ended, in OpenAI's words. */
export type FinishReason = "stop" | "length" | "tool_calls" | "content_filter";

/** Tokens, as the service told them. */
export interface ChatUsage {
  promptTokens: number;
  completionTokens: number;
}

/** What comes of a chat, in order; `finish` is the last, and an answer without it has thrown. */
export type ChatEvent =
  | { type: "reasoning"; delta: string }
  | { type: "text"; delta: string }
  | { type: "tool-call"; id: string; name: string; argumentsText: string }
  | {
      type: "finish";
      reason: FinishReason;
      /** The model that answered. */
      model: string;
      /** Undefined where the service tells none. */
      usage?: ChatUsage | undefined;
      /** The whole text, where the service has changed what was streamed. */
      revisedText?: string | undefined;
      /** The sequence at which the answer was ended, where one was. */
      stopSequence?: string | undefined;
    };

/** A chat that is asked for when its events are. */
export interface Chat {
  /** What the request asks for and this backend does not have. */
  ignored: readonly ChatSetting[];
  events: AsyncGenerator<ChatEvent, undefined>;
}
