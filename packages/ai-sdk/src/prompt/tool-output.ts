import type { LanguageModelV4ToolResultOutput } from "@ai-sdk/provider";

/** What a tool answered, as a text for the model. Files of it have no place there, and are named. */
export function toolOutputText(output: LanguageModelV4ToolResultOutput): string {
  switch (output.type) {
    case "text":
      return output.value;
    case "error-text":
      return `Error: ${output.value}`;
    case "json":
      return JSON.stringify(output.value);
    case "error-json":
      return `Error: ${JSON.stringify(output.value)}`;
    case "execution-denied":
      return `The user did not allow it${output.reason === undefined ? "." : `: ${output.reason}`}`;
    case "content":
      return output.value
        .map((part) => {
          if (part.type === "text") return part.text;
          if (part.type === "file" && part.data.type === "url") return part.data.url.href;
          return `(${part.type === "file" ? `a file of type ${part.mediaType}` : part.type})`;
        })
        .join("\n");
  }
}
