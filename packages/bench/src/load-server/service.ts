import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Counters } from "./counters.ts";
import { receiveUpload, sendFile } from "./files.ts";
import type { Jobs } from "./jobs.ts";
import type { StreamHub } from "./stream-hub.ts";

export interface ServiceParts {
  pace: Pace;
  hub: StreamHub;
  keepalive: StreamHub;
  jobs: Jobs;
  counters: Counters;
}

/** How long the service takes before it answers, as a network would. */
export interface Pace {
  delayMs: number;
}

type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => void | Promise<void>;

/** Just enough of the wire for a client to run jobs, with no word checked and no token asked for. */
export function createService({ pace, hub, keepalive, jobs, counters }: ServiceParts): Server {
  // No limit, and so no header that names one: when idle connections end is the client's business alone.
  const server: Server = createServer({ keepAliveTimeout: 0 });
  counters.watch(server);
  const taken: Handler = async (request, response) => {
    const { nodeId, prompt } = jobOf(await bodyText(request));
    json(response, 200, { status: "processing", nodeId });
    jobs.post(nodeId, prompt);
  };
  const handlers: Record<string, Handler> = {
    "POST /rest/v1/conversation": async (request, response) => {
      await bodyText(request);
      json(response, 201, [{ id: randomUUID() }]);
    },
    "POST /rest/v1/flow_node": async (request, response) => {
      await bodyText(request);
      response.writeHead(201).end();
    },
    "GET /rest/v1/flow_node": (_request, response) => json(response, 200, []),
    "GET /user_stream/stream": (_request, response) => hub.add(response),
    "GET /user_stream/sse": (_request, response) => keepalive.add(response),
    "POST /completion/async": taken,
    "POST /image_gen/async": async (request, response, url) => {
      const { nodeId, prompt } = jobOf(await bodyText(request));
      json(response, 200, { status: "processing" });
      jobs.postMedia(nodeId, url.origin, prompt);
    },
    "POST /completion": async (request, response) => {
      await bodyText(request);
      response.writeHead(200, { "content-type": "text/plain;charset=UTF-8" }).end("streams of words");
    },
    "POST /file/store": async (request, response, url) => {
      const sizeBytes = await receiveUpload(request);
      json(response, 201, { url: `${url.origin}/files/stored`, sizeBytes });
    },
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
    const what = `${request.method} ${url.pathname}`;
    counters.request(what);
    if (pace.delayMs > 0) await sleep(pace.delayMs);
    const handler = handlers[what];
    if (handler !== undefined) await handler(request, response, url);
    else if (what.startsWith("GET /files/")) await sendFile(response, Number(url.pathname.slice("/files/".length)));
    else json(response, 404, { error: `the load server does not know ${what}` });
  };
  server.on("request", (request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  return server;
}

export function json(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
  response.end(body);
}

async function bodyText(request: IncomingMessage): Promise<string> {
  let text = "";
  request.setEncoding("utf8");
  for await (const part of request) text += part;
  return text;
}

/** A bench that sends something else gets an empty node id, and fails by itself. */
function jobOf(body: string): { nodeId: string; prompt: string } {
  const nodeId = /"nodeId":\s*"([^"]*)"/.exec(body)?.[1] ?? "";
  const prompt = /"content":\s*"([^"]*)"/.exec(body)?.[1] ?? "";
  return { nodeId, prompt };
}
