import type { CallChoice, DescribedTool } from "@flowith-webapi/chat-bridge";
import type { ChatRequest, ChatSetting } from "../../backend/chat.ts";
import { madeChoice } from "../../backend/tool-choice.ts";
import { chatMessages, leftOutBlocks } from "./chat-messages.ts";
import type { MessageRequest } from "./request-schema.ts";

/**
 * A message's request as backends take it. Stop sequences are not in it: the gateway watches for them itself.
 * @throws GatewayError 400 where a tool has to be called that cannot be
 */
export function chatRequest(given: MessageRequest, model: string): ChatRequest {
  const { system, messages, thinking, output_config: output } = given;
  const callable = callableTools(given.tools ?? []);
  return {
    model,
    messages: chatMessages(system, messages),
    tools: callable.length === 0 ? undefined : callable,
    toolChoice: madeChoice(toolChoice(given.tool_choice), callable),
    json: output?.format ? { schema: output.format.schema } : undefined,
    maxTokens: given.max_tokens,
    temperature: given.temperature ?? undefined,
    topP: given.top_p ?? undefined,
    thinking: thinking ? thinking.type !== "disabled" : undefined,
    thinkingBudgetTokens: thinking?.budget_tokens ?? undefined,
  };
}

const FIELDS: Record<ChatSetting, readonly string[]> = {
  tools: ["tools"],
  toolChoice: ["tool_choice"],
  json: ["output_config.format"],
  maxTokens: ["max_tokens"],
  temperature: ["temperature"],
  topP: ["top_p"],
  stop: ["stop_sequences"],
  thinking: ["thinking"],
  thinkingBudgetTokens: ["thinking.budget_tokens"],
};

/** What of a request is not done, by the names that the request gave it. Thinking of earlier turns is meant to be dropped. */
export function ignoredNames(given: MessageRequest, missing: readonly ChatSetting[]): string[] {
  const { messages, tools = [], tool_choice: choice, output_config: output } = given;
  const blocks = leftOutBlocks(messages).filter((type) => !/^(redacted_)?thinking$/.test(type));
  return [
    ...missing.flatMap((setting) => FIELDS[setting]),
    ...(tools ?? []).flatMap((tool) => ("name" in tool ? [] : [`tools.${tool.type}`])),
    ...(choice && "disable_parallel_tool_use" in choice && choice.disable_parallel_tool_use === true
      ? ["tool_choice.disable_parallel_tool_use"]
      : []),
    ...(output?.effort ? ["output_config.effort"] : []),
    ...blocks.map((type) => `messages.${type}`),
  ];
}

/** Thinking is shown to who asks for it alone: others read the first block as the text. */
export function showsThinking({ thinking }: MessageRequest): boolean {
  return thinking ? thinking.type !== "disabled" && thinking.display !== "omitted" : false;
}

/** Those of the caller's own. Anthropic's have no schema that another model could go by. */
function callableTools(tools: NonNullable<MessageRequest["tools"]>): DescribedTool[] {
  return tools.flatMap((tool) =>
    "name" in tool
      ? [{ name: tool.name, description: tool.description ?? undefined, parameters: tool.input_schema }]
      : [],
  );
}

function toolChoice(choice: MessageRequest["tool_choice"]): CallChoice | undefined {
  switch (choice?.type) {
    case "any":
      return "required";
    case "tool":
      return { name: choice.name };
    default:
      return choice?.type;
  }
}
