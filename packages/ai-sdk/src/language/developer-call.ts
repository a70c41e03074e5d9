import type { LanguageModelV4CallOptions, SharedV4Warning } from "@ai-sdk/provider";
import { jsonInstruction, TextPieces } from "@flowith-webapi/chat-bridge";
import type { ChatMessage, ChatOptions } from "flowith-webapi/developer";
import { definedHeaders, flowithOptions } from "../call-options.ts";
import { chatMessages } from "../prompt/chat-messages.ts";
import { unsupported } from "../warnings.ts";
import { callChoice } from "./call-choice.ts";
import { JSON_BY_INSTRUCTION } from "./web-call.ts";

/** A call of the AI SDK as the developer API's client takes it. */
export interface DeveloperCall {
  messages: ChatMessage[];
  options: ChatOptions;
  warnings: SharedV4Warning[];
  pieces: TextPieces;
}

export function developerCall(modelId: string, call: LanguageModelV4CallOptions): DeveloperCall {
  const { webSearch, thinkingBudgetTokens, extraBody, timeout, ...web } = flowithOptions(
    "language",
    call.providerOptions,
  );
  const { responseFormat, tools = [], reasoning = "provider-default" } = call;
  const isJson = responseFormat?.type === "json";
  const messages = chatMessages(call.prompt);
  const functions = tools.filter((tool) => tool.type === "function");
  const foreign = tools.filter((tool) => tool.type === "provider").map(({ id }) => [`tool ${id}`, true]);
  const { topK, presencePenalty, frequencyPenalty, seed } = call;
  return {
    messages: isJson ? [{ role: "system", content: jsonInstruction(responseFormat) }, ...messages] : messages,
    options: {
      model: modelId,
      maxTokens: call.maxOutputTokens,
      temperature: call.temperature,
      topP: call.topP,
      stop: call.stopSequences,
      thinking: reasoning === "provider-default" ? undefined : reasoning !== "none",
      thinkingBudgetTokens,
      webSearch,
      extraBody,
      timeout,
      ...(functions.length === 0
        ? {}
        : {
            tools: functions.map(({ name, description, inputSchema }) => ({
              name,
              description,
              parameters: { ...inputSchema },
            })),
            toolChoice: callChoice(call.toolChoice),
          }),
      signal: call.abortSignal,
      headers: definedHeaders(call.headers),
    },
    warnings: [
      ...unsupported({ topK, presencePenalty, frequencyPenalty, seed }, "The developer API has no such setting."),
      ...unsupported(web, "It belongs to the web app's sign-in."),
      ...unsupported(Object.fromEntries(foreign), "It is another provider's."),
      ...(isJson ? [JSON_BY_INSTRUCTION] : []),
    ],
    pieces: new TextPieces({ toolNames: undefined, isJson }),
  };
}
