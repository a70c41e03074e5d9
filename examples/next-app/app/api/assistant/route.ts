import { createFlowith } from "@flowith-webapi/ai-sdk";
import {
  convertToModelMessages,
  createUIMessageStreamResponse,
  type ModelMessage,
  streamText,
  toUIMessageStream,
  validateUIMessages,
} from "ai";
import { flowith } from "../../../flowith";
import { inWords } from "../../in-words";

// One client, and so one session, for this route and the others.
const model = createFlowith({ client: flowith })("gemini-3.1-pro-preview");

export async function POST(request: Request): Promise<Response> {
  const messages = await readMessages(request).catch(() => undefined);
  if (messages === undefined) return new Response("That is not a conversation.", { status: 400 });
  const { stream } = streamText({
    model,
    messages,
    // `signal` aborts when the reader presses Stop or leaves. `direct`: the request to the service then ends as well.
    abortSignal: request.signal,
    providerOptions: { flowith: { direct: true } },
  });
  // `onError` gives the page its words: by default it learns no more than that there was an error.
  return createUIMessageStreamResponse({
    stream: toUIMessageStream({ stream, sendReasoning: true, onError: inWords }),
  });
}

async function readMessages(request: Request): Promise<ModelMessage[]> {
  const { messages } = await request.json();
  return convertToModelMessages(await validateUIMessages({ messages }));
}
