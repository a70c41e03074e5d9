import { createServer, type IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeStream } from "node:stream/web";
import type { RecordedCall } from "./recorded-calls.ts";
import { type Placeholders, type SentRequest, sentRequest } from "./sent-request.ts";

export interface RecordingProxy extends AsyncDisposable {
  url: string;
  calls: Record<string, RecordedCall>;
}

/**
 * Stands before the emulator and writes down what comes. `/__record/begin?name=` says whose requests follow,
 * `/__record/end?result=` what the call gave.
 * @param downloads what has been fetched from the file host since it was last asked, which is another host
 */
export async function recordingProxy(
  target: string,
  replace: Placeholders,
  downloads: () => Promise<SentRequest[]>,
): Promise<RecordingProxy> {
  const calls: Record<string, RecordedCall> = {};
  let current: RecordedCall = { requests: [], result: null };
  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? "/", target);
    if (url.pathname.startsWith("/__record/")) {
      const name = url.searchParams.get("name");
      if (name !== null) calls[name] = current = { requests: [], result: null };
      else {
        current.result = JSON.parse(url.searchParams.get("result") ?? "null");
        current.requests.push(...(await downloads()));
      }
      outgoing.end();
      return;
    }
    const ended = new AbortController();
    outgoing.on("close", () => ended.abort());
    const request = new Request(url, { method: incoming.method ?? "GET", ...(await contentOf(incoming)) });
    current.requests.push(await sentRequest(request.clone(), replace));
    try {
      const answer = await fetch(request, { signal: ended.signal });
      const headers = Object.fromEntries(answer.headers);
      delete headers["content-encoding"];
      delete headers["content-length"];
      outgoing.writeHead(answer.status, headers);
      if (answer.body === null) outgoing.end();
      else await pipeline(Readable.fromWeb(answer.body as NodeStream), outgoing);
    } catch {
      outgoing.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    calls,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function contentOf(incoming: IncomingMessage): Promise<Pick<RequestInit, "headers" | "body">> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (!["host", "connection", "content-length", "transfer-encoding", "accept-encoding"].includes(name))
      headers.set(name, String(value));
  }
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  return body.length === 0 ? { headers } : { headers, body };
}
