import { createFlowith } from "@flowith-webapi/ai-sdk";
import {
  convertToModelMessages,
  createUIMessageStreamResponse,
  safeValidateUIMessages,
  streamText,
  toUIMessageStream,
} from "ai";
import { flowith } from "../../../flowith";
import { inWords } from "../../in-words";

// One client, and so one session, for this route and the others.
const model = createFlowith({ client: flowith })("gemini-3.1-pro-preview");

export async function POST(request: Request): Promise<Response> {
  const body = await request.json().catch(() => undefined);
  const asked = await safeValidateUIMessages({ messages: body?.messages });
  if (!asked.success) return new Response("That is not a conversation.", { status: 400 });
  const { stream } = streamText({
    model,
    messages: await convertToModelMessages(asked.data),
    // `request.signal` aborts when the reader presses Stop or leaves. `direct`: the request to the service then ends as well.
    abortSignal: request.signal,
    providerOptions: { flowith: { direct: true } },
  });
  // `onError` says what the page shows: by default that is no more than that there was an error.
  return createUIMessageStreamResponse({
    stream: toUIMessageStream({ stream, sendReasoning: true, onError: inWords }),
  });
}
