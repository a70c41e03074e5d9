/** A tool that a model is told of. */
export interface DescribedTool {
  name: string;
  description?: string | undefined;
  /** A JSON Schema. */
  parameters?: unknown;
}

/** Whether a tool has to be called, and which. */
export type CallChoice = "auto" | "none" | "required" | { name: string };

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
export function toolInstruction(tools: readonly DescribedTool[], choice: CallChoice | undefined): string {
  const described = tools.map(({ name, description, parameters }) => JSON.stringify({ name, description, parameters }));
  return [
    "You can call tools. Each line between <tools> and </tools> describes one, its parameters as a JSON Schema:",
    `<tools>\n${described.join("\n")}\n</tools>`,
    "To call a tool, write exactly this, and nothing behind it. For several calls write it several times in a row.",
    `${CALL_START}\n{"name": "the tool's name", "arguments": {"parameter": "value"}}\n${CALL_END}`,
    "The answers come in the next message, within <tool_response> and </tool_response>. Never write such a block yourself.",
    choiceSentence(choice),
  ].join("\n");
}

function choiceSentence(choice: CallChoice | undefined): string {
  if (typeof choice === "object") return `Your next message has to call the tool ${JSON.stringify(choice.name)}.`;
  return choice === "required"
    ? "Your next message has to call a tool."
    : "Call a tool only where it helps; else answer as usual.";
}
