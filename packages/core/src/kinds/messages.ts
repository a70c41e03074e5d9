import type { CallOptions } from "../options/options.ts";
import { withSignal } from "../timing/with-signal.ts";
import type { JobRequest, KindTools, Prepare } from "./kind.ts";
import { type PictureOptions, promptPictures } from "./prompt-pictures.ts";

/** A part of a message: text, or a picture by its URL. */
export type MessagePart = { type: "text"; text: string } | { type: "image_url"; image_url: { url: string } };

/** One earlier turn, in the form of the chat completions API. */
export interface Message {
  role: "user" | "assistant" | "system";
  content: string | MessagePart[];
}

/** What a post sends, once the files of the prompt are where they must be. */
export interface MessageSource {
  prepare: Prepare;
  /** The whole history, prompt included; asked for after `prepare`. */
  messages(): Message[];
}

/** What of a job's options makes its messages. */
export interface MessageOptions extends CallOptions, PictureOptions {
  messages?: Message[] | undefined;
  system?: string | undefined;
  systemMode?: "fold" | "message" | undefined;
}

/** The messages of a job: those of the turns before it, and its own with the prompt's pictures. */
export function messageSource(tools: KindTools, request: JobRequest<MessageOptions>): MessageSource {
  const { prompt, options, context } = request;
  const pictures = promptPictures(tools, request);
  const shorten = context?.shorten;
  let sent: Message[] | undefined;
  const all = (): Message[] => {
    const message = userMessage(prompt, pictures.urls());
    context?.onMessage(message);
    return [...(context?.messages ?? options.messages ?? []), message];
  };
  return {
    prepare:
      shorten === undefined
        ? pictures.prepare
        : async (signal, first) => {
            await pictures.prepare(signal, first);
            sent = await withSignal(shorten(all()), signal);
          },
    messages: () => withSystem(sent ?? all(), options.system, options.systemMode ?? "fold"),
  };
}

/** A prompt with its pictures as a message. */
export function userMessage(prompt: string, imageUrls: readonly string[]): Message {
  if (imageUrls.length === 0) return { role: "user", content: prompt };
  return { role: "user", content: [{ type: "text", text: prompt }, ...pictureParts(imageUrls)] };
}

export function pictureParts(urls: readonly string[]): MessagePart[] {
  return urls.map((url) => ({ type: "image_url", image_url: { url } }));
}

/** The whole history as the service takes it (wire 2.1): nothing shows that it would add earlier turns by itself. */
function withSystem(turns: Message[], system: string | undefined, systemMode: "fold" | "message"): Message[] {
  if (system === undefined) return turns;
  return systemMode === "message" ? [{ role: "system", content: system }, ...turns] : foldSystem(system, turns);
}

// Two clients pass `system` through and another folds it into the first user message: only the latter surely works.
function foldSystem(system: string, turns: Message[]): Message[] {
  const first = turns.findIndex((message) => message.role === "user");
  return turns.map((message, index) =>
    index === first ? { ...message, content: prefixed(system, message.content) } : message,
  );
}

function prefixed(system: string, content: Message["content"]): Message["content"] {
  if (typeof content === "string") return `${system}\n\n${content}`;
  return [{ type: "text", text: system }, ...content];
}
