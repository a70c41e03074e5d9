import type { LanguageModelV4ToolChoice } from "@ai-sdk/provider";
import type { ToolChoice } from "flowith-webapi/developer";

export function callChoice(choice: LanguageModelV4ToolChoice | undefined): ToolChoice | undefined {
  return choice?.type === "tool" ? { name: choice.toolName } : choice?.type;
}
