import type {
  LanguageModelV3FilePart,
  LanguageModelV3Message,
  LanguageModelV3Prompt,
  LanguageModelV3ToolResultOutput,
  LanguageModelV3ToolResultPart,
  LanguageModelV4FilePart,
  LanguageModelV4Message,
  LanguageModelV4Prompt,
  LanguageModelV4ToolResultOutput,
  LanguageModelV4ToolResultPart,
} from "@ai-sdk/provider";

/** A prompt of ai 6, as ai 7 would give it: files and the files in tools' answers have other forms there. */
export function promptToV4(prompt: LanguageModelV3Prompt): LanguageModelV4Prompt {
  return prompt.map(messageToV4);
}

function messageToV4(message: LanguageModelV3Message): LanguageModelV4Message {
  switch (message.role) {
    case "system":
      return message;
    case "user":
      return { ...message, content: message.content.map((part) => (part.type === "file" ? fileToV4(part) : part)) };
    case "tool":
      return {
        ...message,
        content: message.content.map((part) => (part.type === "tool-result" ? resultToV4(part) : part)),
      };
    case "assistant":
      return {
        ...message,
        content: message.content.map((part) => {
          if (part.type === "file") return fileToV4(part);
          return part.type === "tool-result" ? resultToV4(part) : part;
        }),
      };
  }
}

function fileToV4({ data, ...part }: LanguageModelV3FilePart): LanguageModelV4FilePart {
  return { ...part, data: data instanceof URL ? { type: "url", url: data } : { type: "data", data } };
}

function resultToV4(part: LanguageModelV3ToolResultPart): LanguageModelV4ToolResultPart {
  return { ...part, output: outputToV4(part.output) };
}

function outputToV4(output: LanguageModelV3ToolResultOutput): LanguageModelV4ToolResultOutput {
  if (output.type !== "content") return output;
  return {
    type: "content",
    value: output.value.map((part) => {
      switch (part.type) {
        case "text":
          return part;
        case "file-data":
        case "image-data":
          return { type: "file", mediaType: part.mediaType, data: { type: "data", data: part.data } };
        case "file-url":
        case "image-url":
          return {
            type: "file",
            mediaType: part.type === "image-url" ? "image" : "application/octet-stream",
            data: { type: "url", url: new URL(part.url) },
          };
        default:
          return { type: "custom" };
      }
    }),
  };
}
