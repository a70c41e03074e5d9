import type { DescribedTool, JsonFormat } from "@flowith-webapi/chat-bridge";
import type { ChatMessage, ChatMessagePart } from "flowith-webapi/developer";
import type { ChatRequest, ChatSetting } from "../../backend/chat.ts";
import { callable } from "../tool-fields.ts";
import type { ChatCompletionRequest } from "./request-schema.ts";

type GivenMessage = ChatCompletionRequest["messages"][number];
type GivenPart = { type: "text"; text: string } | { type: "refusal"; refusal: string } | ImagePart;
type ImagePart = Extract<ChatMessagePart, { type: "image_url" }>;

/** A chat completion's request as backends take it. */
export function chatRequest(given: ChatCompletionRequest): ChatRequest {
  const { tools, stop, reasoning_effort: effort } = given;
  return {
    model: given.model,
    messages: given.messages.map(toMessage),
    ...callable((tools ?? []).flatMap(toTool), toolChoice(given.tool_choice)),
    json: jsonFormat(given.response_format),
    maxTokens: given.max_completion_tokens ?? given.max_tokens ?? undefined,
    temperature: given.temperature ?? undefined,
    topP: given.top_p ?? undefined,
    stop: typeof stop === "string" ? [stop] : stop?.length ? stop : undefined,
    thinking: effort === null || effort === undefined ? undefined : effort !== "none",
  };
}

/** What the settings of a chat are called here. */
export const settingFields: Readonly<Record<ChatSetting, readonly (keyof ChatCompletionRequest)[]>> = {
  tools: ["tools"],
  toolChoice: ["tool_choice"],
  json: ["response_format"],
  maxTokens: ["max_completion_tokens", "max_tokens"],
  temperature: ["temperature"],
  topP: ["top_p"],
  stop: ["stop"],
  thinking: ["reasoning_effort"],
  thinkingBudgetTokens: [],
};

function toMessage(message: GivenMessage): ChatMessage {
  switch (message.role) {
    case "system":
    case "developer":
      return { role: "system", content: textOf(message.content) };
    case "user":
      return { role: "user", content: message.content };
    case "tool":
      return { role: "tool", tool_call_id: message.tool_call_id, content: textOf(message.content) };
    case "assistant": {
      const calls = message.tool_calls ?? [];
      return {
        role: "assistant",
        content: textOf(message.content ?? ""),
        ...(calls.length === 0
          ? {}
          : { tool_calls: calls.map(({ id, function: called }) => ({ id, type: "function", function: called })) }),
      };
    }
  }
}

function textOf(content: string | readonly Exclude<GivenPart, ImagePart>[]): string {
  if (typeof content === "string") return content;
  return content.map((part) => (part.type === "text" ? part.text : part.refusal)).join("\n\n");
}

function toTool(tool: NonNullable<ChatCompletionRequest["tools"]>[number]): DescribedTool[] {
  if (tool.type === "other") return [];
  const { name, description, parameters } = tool.function;
  return [{ name, description: description ?? undefined, parameters: parameters ?? undefined }];
}

function toolChoice(choice: ChatCompletionRequest["tool_choice"]): Parameters<typeof callable>[1] {
  if (choice === null || choice === undefined) return undefined;
  if (typeof choice === "string") return choice;
  if (choice.type === "function") return { name: choice.function.name };
  const { mode, tools } = choice.allowed_tools;
  return { mode, names: tools.flatMap((tool) => (tool.type === "function" ? [tool.function.name] : [])) };
}

function jsonFormat(format: ChatCompletionRequest["response_format"]): JsonFormat | undefined {
  if (format?.type === "json_object") return {};
  if (format?.type !== "json_schema") return undefined;
  const { name, description, schema } = format.json_schema;
  return { name, description: description ?? undefined, schema };
}
