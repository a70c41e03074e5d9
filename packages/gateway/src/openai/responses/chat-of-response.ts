import type { ChatMessage } from "flowith-webapi/developer";
import type { ChatRequest, ChatSetting } from "../../backend/chat.ts";
import { callable } from "../tool-fields.ts";
import type { ResponseRequest } from "./request-schema.ts";

/** A response's request as backends take it. */
export function chatOfResponse(given: ResponseRequest, messages: readonly ChatMessage[]): ChatRequest {
  const { instructions, tools, tool_choice: choice, text, reasoning } = given;
  const effort = reasoning?.effort;
  const functions = tools?.flatMap((tool) => (tool.type === "function" ? [tool] : [])) ?? [];
  return {
    model: given.model,
    messages: [...(instructions ? [{ role: "system" as const, content: instructions }] : []), ...messages],
    ...callable(functions.map(toTool), toolChoice(choice)),
    json: jsonFormat(text?.format),
    maxTokens: given.max_output_tokens ?? undefined,
    temperature: given.temperature ?? undefined,
    topP: given.top_p ?? undefined,
    thinking: effort === null || effort === undefined ? undefined : effort !== "none",
  };
}

/** What the settings of a chat are called here. */
export const settingFields: Readonly<Record<ChatSetting, readonly (keyof ResponseRequest)[]>> = {
  tools: ["tools"],
  toolChoice: ["tool_choice"],
  json: ["text"],
  maxTokens: ["max_output_tokens"],
  temperature: ["temperature"],
  topP: ["top_p"],
  stop: [],
  thinking: ["reasoning"],
  thinkingBudgetTokens: [],
};

function toolChoice(choice: ResponseRequest["tool_choice"]): Parameters<typeof callable>[1] {
  if (choice === null || choice === undefined) return undefined;
  if (typeof choice === "string") return choice;
  if (choice.type === "function") return { name: choice.name };
  return {
    mode: choice.mode,
    names: choice.tools.flatMap((tool) => (tool.type === "function" ? [tool.name] : [])),
  };
}

function toTool({ name, description, parameters }: Extract<GivenTool, { type: "function" }>): DescribedTool {
  return { name, description: description ?? undefined, parameters: parameters ?? undefined };
}

type GivenTool = NonNullable<ResponseRequest["tools"]>[number];
type DescribedTool = NonNullable<ChatRequest["tools"]>[number];

function jsonFormat(format: NonNullable<ResponseRequest["text"]>["format"]): ChatRequest["json"] {
  if (format?.type === "json_object") return {};
  if (format?.type !== "json_schema") return undefined;
  const { name, description, schema } = format;
  return { name, description: description ?? undefined, schema };
}
