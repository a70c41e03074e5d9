// What a program would have in place of the gateway: the texts of one account by the SDK alone, as OpenAI's chunks.
import { randomUUID } from "node:crypto";
import { serve } from "@hono/node-server";
import { Flowith } from "flowith-webapi";
import { Hono } from "hono";

interface Asked {
  model: string;
  messages: [{ content: string }];
}

const clients = new Map<string, Flowith>();
const encoder = new TextEncoder();

function clientOf(token: string): Flowith {
  const known = clients.get(token);
  if (known !== undefined) return known;
  const client = new Flowith({
    token,
    edgeUrl: process.env.FLOWITH_EDGE_URL,
    supabaseUrl: process.env.FLOWITH_SUPABASE_URL,
  });
  clients.set(token, client);
  return client;
}

async function* chunks(
  client: Flowith,
  { model, messages: [{ content }] }: Asked,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, undefined> {
  const head = {
    id: `chatcmpl-${randomUUID()}`,
    object: "chat.completion.chunk",
    created: Math.floor(Date.now() / 1000),
    model,
  };
  const event = (delta: object, finish_reason: string | null): Uint8Array =>
    encoder.encode(`data: ${JSON.stringify({ ...head, choices: [{ index: 0, delta, finish_reason }] })}\n\n`);
  for await (const { textDelta } of client.generateStream(content, { model, signal })) {
    if (textDelta !== "") yield event({ content: textDelta }, null);
  }
  yield event({}, "stop");
  yield encoder.encode("data: [DONE]\n\n");
}

const app = new Hono().post("/v1/chat/completions", async (context) => {
  const client = clientOf((context.req.header("authorization") ?? "").replace("Bearer ", ""));
  const asked = chunks(client, await context.req.json(), context.req.raw.signal);
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await asked.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
});

serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => {
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
});
