import type { LanguageModelV4Prompt, LanguageModelV4ToolCall } from "@ai-sdk/provider";
import type { WrittenCall } from "@flowith-webapi/chat-bridge";
import { toolCall } from "./tool-call.ts";

/** Where on the canvas a step stands. */
interface StepPlace {
  convId: string;
  nodeId: string;
}

/** A call that was read out of a text. It says where its step stands, so that the next one can go there. */
export function bridgeCall({ name, input }: WrittenCall, place: StepPlace | undefined): LanguageModelV4ToolCall {
  const call = toolCall(name, input, `call_${crypto.randomUUID()}`);
  if (place === undefined || place.convId === "") return call;
  const { convId, nodeId } = place;
  return { ...call, providerMetadata: { flowith: { convId, nodeId } } };
}

/** Where the step stands whose calls are answered at the end of a prompt: the next step belongs under it. */
export function stepBefore(prompt: LanguageModelV4Prompt): { convId: string; parentId: string } | undefined {
  if (prompt.at(-1)?.role !== "tool") return undefined;
  const step = prompt.findLast((message) => message.role === "assistant");
  for (const part of step?.content ?? []) {
    const { convId, nodeId } = (part.type === "tool-call" && part.providerOptions?.flowith) || {};
    if (typeof convId === "string" && typeof nodeId === "string") return { convId, parentId: nodeId };
  }
  return undefined;
}
