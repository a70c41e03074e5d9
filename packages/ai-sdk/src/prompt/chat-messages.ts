import {
  type LanguageModelV4FilePart,
  type LanguageModelV4Message,
  type LanguageModelV4Prompt,
  UnsupportedFunctionalityError,
} from "@ai-sdk/provider";
import type { ChatMessage, ChatMessagePart, MessageToolCall } from "flowith-webapi/developer";
import { toBase64, toBytes } from "../bytes.ts";
import { type AnsweredCalls, answeredCalls } from "./answered-calls.ts";
import { isTextType } from "./text-type.ts";
import { toolOutputText } from "./tool-output.ts";

type AssistantPart = Extract<LanguageModelV4Message, { role: "assistant" }>["content"][number];

/**
 * A prompt as the developer API takes it. Reasoning and files of earlier answers are left out, and so are turns in which
 * nothing is left to say: the service refuses them, and a chat whose answer was stopped could not go on.
 * @throws UnsupportedFunctionalityError for a file that is neither a picture nor a text
 */
export function chatMessages(prompt: LanguageModelV4Prompt): ChatMessage[] {
  const answered = answeredCalls(prompt);
  return prompt.flatMap((message, index) =>
    messagesOf(message, answered).filter((made) => index === prompt.length - 1 || !isEmpty(made)),
  );
}

/** Whether it says nothing. What a tool gives back may be empty, and answers its call all the same. */
function isEmpty(message: ChatMessage): boolean {
  if (message.role === "tool" || ("tool_calls" in message && message.tool_calls !== undefined)) return false;
  const { content = null } = message;
  return content === null || (typeof content === "string" ? content.trim() === "" : content.length === 0);
}

function messagesOf(message: LanguageModelV4Message, answered: AnsweredCalls): ChatMessage[] {
  switch (message.role) {
    case "system":
      return [{ role: "system", content: message.content }];
    case "user":
      return [{ role: "user", content: userContent(message.content) }];
    case "tool":
      return message.content.flatMap((part): ChatMessage[] =>
        part.type === "tool-result"
          ? [{ role: "tool", tool_call_id: part.toolCallId, content: toolOutputText(part.output) }]
          : [],
      );
    case "assistant": {
      const text = message.content.flatMap((part) => textOf(part, answered)).filter((one) => one !== "");
      const calls = message.content.flatMap((part): MessageToolCall[] =>
        part.type === "tool-call" && answered.has(part.toolCallId)
          ? [
              {
                id: part.toolCallId,
                type: "function",
                function: { name: part.toolName, arguments: JSON.stringify(part.input) },
              },
            ]
          : [],
      );
      return [{ role: "assistant", content: text.join("\n\n"), ...(calls.length === 0 ? {} : { tool_calls: calls }) }];
    }
  }
}

/** What of an answer is text: also what a tool gave back that another service ran itself, which no message can hold. */
function textOf(part: AssistantPart, answered: AnsweredCalls): string[] {
  if (part.type === "text") return [part.text];
  if (part.type !== "tool-result" || answered.has(part.toolCallId)) return [];
  return [`(The tool ${part.toolName} gave back: ${toolOutputText(part.output)})`];
}

function userContent(
  parts: Extract<LanguageModelV4Prompt[number], { role: "user" }>["content"],
): string | ChatMessagePart[] {
  const content = parts
    .map((part): ChatMessagePart => (part.type === "text" ? { type: "text", text: part.text } : filePart(part)))
    .filter((part) => part.type !== "text" || part.text !== "");
  const texts = content.flatMap((part) => (part.type === "text" ? [part.text] : []));
  return texts.length === content.length ? texts.join("\n\n") : content;
}

function filePart({ data, mediaType, filename }: LanguageModelV4FilePart): ChatMessagePart {
  const title = filename === undefined ? "" : `${filename}:\n\n`;
  if (data.type === "text") return { type: "text", text: `${title}${data.text}` };
  const isImage = mediaType === "image" || mediaType.startsWith("image/");
  if (isImage && data.type === "url") return { type: "image_url", image_url: { url: data.url.href } };
  if (isImage && data.type === "data") {
    const type = mediaType.includes("/") ? mediaType : "image/png";
    return { type: "image_url", image_url: { url: `data:${type};base64,${toBase64(data.data)}` } };
  }
  if (isTextType(mediaType) && data.type === "data") {
    return { type: "text", text: `${title}${new TextDecoder().decode(toBytes(data.data))}` };
  }
  const functionality = `a file of type ${mediaType}${data.type === "reference" ? " by reference" : ""}`;
  const message = `The developer API takes pictures and texts, not ${functionality}. By the web app's sign-in any file can be given.`;
  throw new UnsupportedFunctionalityError({ functionality, message });
}
