import type {
  LanguageModelV3Content,
  LanguageModelV3FinishReason,
  LanguageModelV3StreamPart,
  LanguageModelV4Content,
  LanguageModelV4FinishReason,
  LanguageModelV4StreamPart,
  SharedV3Warning,
  SharedV4Warning,
} from "@ai-sdk/provider";

/** ai 6 has no word for an answer that broke off. */
export function reasonToV3({ unified, raw }: LanguageModelV4FinishReason): LanguageModelV3FinishReason {
  return { unified: unified === "interrupted" ? "other" : unified, raw };
}

export function warningsToV3(warnings: readonly SharedV4Warning[]): SharedV3Warning[] {
  return warnings.map((warning) =>
    warning.type === "deprecated" ? { type: "other", message: warning.message } : warning,
  );
}

/** Of the kinds of content that models here give. */
export function contentToV3(content: readonly LanguageModelV4Content[]): LanguageModelV3Content[] {
  return content.flatMap((part): LanguageModelV3Content[] =>
    part.type === "text" || part.type === "reasoning" || part.type === "tool-call" ? [part] : [],
  );
}

/** Of the kinds of parts that streams here have. */
export function partToV3(part: LanguageModelV4StreamPart): LanguageModelV3StreamPart[] {
  switch (part.type) {
    case "stream-start":
      return [{ type: "stream-start", warnings: warningsToV3(part.warnings) }];
    case "finish":
      return [{ ...part, finishReason: reasonToV3(part.finishReason) }];
    case "response-metadata":
    case "text-start":
    case "text-delta":
    case "text-end":
    case "reasoning-start":
    case "reasoning-delta":
    case "reasoning-end":
    case "tool-input-start":
    case "tool-input-delta":
    case "tool-input-end":
    case "tool-call":
    case "raw":
    case "error":
      return [part];
    default:
      return [];
  }
}
