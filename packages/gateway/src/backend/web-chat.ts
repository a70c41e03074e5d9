import {
  jsonInstruction,
  type StoreFile,
  type TextPiece,
  TextPieces,
  toolInstruction,
} from "@flowith-webapi/chat-bridge";
import type { FlowithClient } from "flowith-webapi";
import type { ChatEvent, ChatRequest } from "./chat.ts";
import { webPrompt } from "./web-prompt.ts";

/** Through what a chat is asked. */
export interface WebChatMeans {
  client: FlowithClient;
  store: StoreFile;
  direct: boolean;
}

/** Asks the web app. Tools of the request are described in words, and calls read out of the answer's. */
export async function* webChat(
  { client, store, direct }: WebChatMeans,
  request: ChatRequest,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, undefined> {
  const { model, tools, toolChoice, json } = request;
  const { system, prompt, images, messages } = await webPrompt(request.messages, store);
  const instructions = [system, tools && toolInstruction(tools, toolChoice), json && jsonInstruction(json)].filter(
    (text) => text !== undefined && text !== "",
  );
  const reading = { toolNames: tools?.map(({ name }) => name), isJson: json !== undefined };
  const pieces = new TextPieces(reading);
  const stream = client.generateStream(prompt, {
    model,
    images,
    messages,
    direct,
    signal,
    ...(instructions.length === 0 ? {} : { system: instructions.join("\n\n") }),
  });
  let answeredBy = model;
  let revisedText: string | undefined;
  for await (const chunk of stream) {
    answeredBy = chunk.model;
    if (chunk.reasoningDelta !== "") yield { type: "reasoning", delta: chunk.reasoningDelta };
    for (const event of eventsOf(pieces.push(chunk.textDelta))) yield event;
    // What was sent cannot be taken back in a stream; an answer as a whole can still be right.
    if (chunk.isRevised || revisedText !== undefined) revisedText = chunk.text;
  }
  yield* eventsOf(pieces.end());
  yield {
    type: "finish",
    reason: pieces.hasCalled ? "tool_calls" : "stop",
    model: answeredBy,
    ...(revisedText === undefined ? {} : { revisedText: wordsOf(revisedText, new TextPieces(reading)) }),
  };
}

/** A list: handing on another generator takes each event through more turns. */
function eventsOf(pieces: readonly TextPiece[]): ChatEvent[] {
  return pieces.flatMap((piece): ChatEvent[] => {
    if (piece.type === "call") {
      return [{ type: "tool-call", id: `call_${crypto.randomUUID()}`, name: piece.name, argumentsText: piece.input }];
    }
    return piece.text === "" ? [] : [{ type: "text", delta: piece.text }];
  });
}

function wordsOf(text: string, pieces: TextPieces): string {
  return [...pieces.push(text), ...pieces.end()].map((piece) => (piece.type === "text" ? piece.text : "")).join("");
}
