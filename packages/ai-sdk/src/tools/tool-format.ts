import type { LanguageModelV4FunctionTool, LanguageModelV4ToolChoice } from "@ai-sdk/provider";

/** The form in which many open models were trained to call tools, so that most know it. */
export const CALL_START = "<tool_call>";
export const CALL_END = "</tool_call>";

/** How a call stands in the text of a model. */
export function callText(name: string, input: unknown): string {
  return `${CALL_START}\n${JSON.stringify({ name, arguments: input })}\n${CALL_END}`;
}

/** How a tool's answer is shown to the model. */
export function resultText(name: string, output: string): string {
  return `<tool_response>\n${JSON.stringify({ name, output })}\n</tool_response>`;
}

/** Tells a model that knows no tools which there are, and how to call one. */
export function toolInstruction(
  tools: readonly LanguageModelV4FunctionTool[],
  choice: LanguageModelV4ToolChoice | undefined,
): string {
  const described = tools.map(({ name, description, inputSchema }) =>
    JSON.stringify({ name, description, parameters: inputSchema }),
  );
  return [
    "You can call tools. Each line between <tools> and </tools> describes one, its parameters as a JSON Schema:",
    `<tools>\n${described.join("\n")}\n</tools>`,
    "To call a tool, write exactly this, and nothing behind it. For several calls write it several times in a row.",
    `${CALL_START}\n{"name": "the tool's name", "arguments": {"parameter": "value"}}\n${CALL_END}`,
    "The answers come in the next message, within <tool_response> and </tool_response>. Never write such a block yourself.",
    choiceSentence(choice),
  ].join("\n");
}

function choiceSentence(choice: LanguageModelV4ToolChoice | undefined): string {
  switch (choice?.type) {
    case "required":
      return "Your next message has to call a tool.";
    case "tool":
      return `Your next message has to call the tool ${JSON.stringify(choice.toolName)}.`;
    default:
      return "Call a tool only where it helps; else answer as usual.";
  }
}
