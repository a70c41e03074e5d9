import type { LanguageModelV4CallOptions, LanguageModelV4FunctionTool, SharedV4Warning } from "@ai-sdk/provider";
import {
  type DescribedTool,
  jsonInstruction,
  type StoredFiles,
  TextPieces,
  toolInstruction,
} from "@flowith-webapi/chat-bridge";
import type { GenerateOptions } from "flowith-webapi";
import { definedHeaders, flowithOptions } from "../call-options.ts";
import { webPrompt } from "../prompt/web-prompt.ts";
import { unsupported } from "../warnings.ts";
import { stepBefore } from "./bridge-call.ts";
import { callChoice } from "./call-choice.ts";

/** A call of the AI SDK as the web app's client takes it. */
export interface WebCall {
  prompt: string;
  options: GenerateOptions;
  warnings: SharedV4Warning[];
  /** What reads its text. */
  pieces: TextPieces;
}

export async function webCall(
  modelId: string,
  call: LanguageModelV4CallOptions,
  { files, toolBridge }: { files: StoredFiles; toolBridge: boolean },
): Promise<WebCall> {
  const {
    webSearch,
    thinkingBudgetTokens,
    toolBridge: bridged = toolBridge,
    ...options
  } = flowithOptions("language", call.providerOptions);
  const { tools, warnings } = bridgedTools(call, bridged);
  const isJson = call.responseFormat?.type === "json";
  const { prompt, images, messages, system } = await webPrompt(call.prompt, files.during(call.abortSignal));
  const instructions = [
    system,
    tools && toolInstruction(tools.map(described), callChoice(call.toolChoice)),
    call.responseFormat?.type === "json" ? jsonInstruction(call.responseFormat) : undefined,
  ].filter((text) => text !== undefined);
  return {
    prompt,
    options: {
      ...(options.direct === true || (options.convId ?? options.parentId) !== undefined ? {} : stepBefore(call.prompt)),
      ...options,
      model: modelId,
      images,
      messages,
      ...(instructions.length === 0 ? {} : { system: instructions.join("\n\n") }),
      signal: call.abortSignal,
      headers: definedHeaders(call.headers),
    },
    warnings: [...warnings, ...settingWarnings(call), ...unsupported({ webSearch, thinkingBudgetTokens }, NEEDS_KEY)],
    pieces: new TextPieces({ toolNames: tools?.map(({ name }) => name), isJson }),
  };
}

function described({ name, description, inputSchema }: LanguageModelV4FunctionTool): DescribedTool {
  return { name, description, parameters: inputSchema };
}

const NEEDS_KEY = "The developer API has it, by an API key.";

function bridgedTools(
  { tools = [], toolChoice }: LanguageModelV4CallOptions,
  isBridged: boolean,
): { tools?: LanguageModelV4FunctionTool[]; warnings: SharedV4Warning[] } {
  const functions = tools.filter((tool) => tool.type === "function");
  const foreign = tools.filter((tool) => tool.type === "provider").map(({ id }) => [`tool ${id}`, true]);
  const warnings = unsupported(Object.fromEntries(foreign), "It is another provider's.");
  if (functions.length === 0 || toolChoice?.type === "none") return { warnings };
  if (isBridged) return { tools: functions, warnings };
  const details = "By the web app's sign-in only with toolBridge: true; by an API key they are the service's own.";
  return { warnings: [...warnings, ...unsupported({ tools: functions }, details)] };
}

function settingWarnings(call: LanguageModelV4CallOptions): SharedV4Warning[] {
  const { maxOutputTokens, temperature, stopSequences, topP, topK, presencePenalty, frequencyPenalty, seed } = call;
  const settings = { maxOutputTokens, temperature, stopSequences, topP, topK, presencePenalty, frequencyPenalty, seed };
  const reasoning = call.reasoning === "provider-default" ? undefined : call.reasoning;
  return [
    ...unsupported({ ...settings, reasoning }, "The web app's endpoints have no such setting."),
    ...(call.responseFormat?.type === "json" ? [JSON_BY_INSTRUCTION] : []),
  ];
}

/** Where a service takes no schema. */
export const JSON_BY_INSTRUCTION: SharedV4Warning = {
  type: "compatibility",
  feature: "responseFormat",
  details: "The model is asked for JSON in words, which it may not follow.",
};
