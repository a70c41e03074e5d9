import type {
  LanguageModelV4Content,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4ToolCall,
  SharedV4ProviderMetadata,
  SharedV4Warning,
} from "@ai-sdk/provider";
import { jsonFields } from "../json.ts";
import type { ContentV3, FinishV3, MetadataV3, StreamPartV3, ToolCallV3, WarningV3 } from "./types-v3.ts";

/** How a call ended. ai 6 has no word for an answer that broke off. */
export function finishToV3({
  finishReason: { unified, raw },
  usage: { raw: counted, ...usage },
  providerMetadata,
}: Pick<LanguageModelV4GenerateResult, "finishReason" | "usage" | "providerMetadata">): FinishV3 {
  return {
    finishReason: { unified: unified === "interrupted" ? "other" : unified, raw },
    usage: { ...usage, ...(counted === undefined ? {} : { raw: jsonFields(counted) }) },
    providerMetadata: metadataToV3(providerMetadata),
  };
}

export function metadataToV3(metadata: SharedV4ProviderMetadata = {}): MetadataV3 {
  return Object.fromEntries(Object.entries(metadata).map(([name, fields]) => [name, jsonFields(fields)]));
}

export function warningsToV3(warnings: readonly SharedV4Warning[]): WarningV3[] {
  return warnings.map((warning) =>
    warning.type === "deprecated" ? { type: "other", message: warning.message } : warning,
  );
}

/** Of the kinds of content that models here give. */
export function contentToV3(content: readonly LanguageModelV4Content[]): ContentV3[] {
  return content.flatMap((part): ContentV3[] => {
    switch (part.type) {
      case "text":
      case "reasoning":
        return [{ type: part.type, text: part.text }];
      case "tool-call":
        return [callToV3(part)];
      default:
        return [];
    }
  });
}

/** Of the kinds of parts that streams here have. */
export function partToV3(part: LanguageModelV4StreamPart): StreamPartV3[] {
  switch (part.type) {
    case "stream-start":
      return [{ type: part.type, warnings: warningsToV3(part.warnings) }];
    case "finish":
      return [{ type: part.type, ...finishToV3(part) }];
    case "text-start":
    case "text-end":
    case "reasoning-start":
    case "reasoning-end":
    case "tool-input-end":
      return [{ type: part.type, id: part.id }];
    case "text-delta":
    case "reasoning-delta":
    case "tool-input-delta":
      return [{ type: part.type, id: part.id, delta: part.delta }];
    case "tool-input-start":
      return [{ type: part.type, id: part.id, toolName: part.toolName }];
    case "tool-call":
      return [callToV3(part)];
    case "response-metadata":
    case "raw":
    case "error":
      return [part];
    default:
      return [];
  }
}

function callToV3({ type, toolCallId, toolName, input, providerMetadata }: LanguageModelV4ToolCall): ToolCallV3 {
  const metadata = providerMetadata === undefined ? {} : { providerMetadata: metadataToV3(providerMetadata) };
  return { type, toolCallId, toolName, input, ...metadata };
}
